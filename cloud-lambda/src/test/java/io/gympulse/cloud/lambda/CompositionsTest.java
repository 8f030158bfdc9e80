package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.aws.client.AwsServices;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.pipeline.PipelineCounters;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionsTest {
  private static final String SECRET = "a-secret-of-operators";

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-central-1",
              "GYM_PULSE_TABLE_PREFIX", "gym-pulse-",
              "GYM_PULSE_CONNECTIONS_ENDPOINT", "https://a.execute-api.example.org/prod",
              "GYM_PULSE_RAW_BUCKET", "raw",
              "GYM_PULSE_AGGREGATE_QUEUE_URL", "https://sqs.example.org/1/gateways",
              "GYM_PULSE_FORECAST_QUEUE_URL", "https://sqs.example.org/1/gyms",
              "GYM_PULSE_DEVICE_QUEUE_URL", "https://sqs.example.org/1/items"));

  @ParameterizedTest
  @ValueSource(strings = {"GYM_PULSE_TABLE_PREFIX", "GYM_PULSE_CONNECTIONS_ENDPOINT", "AWS_REGION"})
  void missing_variables_of_dispatch_are_named_at_creation(String variable) {
    var _ = new DispatchComposition(base());
    variables.remove(variable);
    assertThatThrownBy(() -> new DispatchComposition(base()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(variable + " is missing");
  }

  @Test
  void only_topics_of_updates_make_dispatch_need_the_endpoint_of_the_broker() {
    var _ = new DispatchComposition(base()).dispatch();
    variables.put("GYM_PULSE_UPDATES_TOPIC", "true");
    assertThatThrownBy(() -> new DispatchComposition(base()).dispatch())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GYM_PULSE_IOT_ENDPOINT is missing");
    variables.put("GYM_PULSE_IOT_ENDPOINT", "https://a-ats.iot.example.org");
    var _ = new DispatchComposition(base()).dispatch();
    var _ = new DispatchComposition(base()).due();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GYM_PULSE_TABLE_PREFIX", "GYM_PULSE_RAW_BUCKET", "GYM_PULSE_DEVICE_QUEUE_URL"})
  void missing_variables_of_the_device_pipeline_are_named_at_creation(String variable) {
    var _ = PipelineComposition.routes(base(), new PipelineCounters());
    variables.remove(variable);
    assertThatThrownBy(() -> PipelineComposition.routes(base(), new PipelineCounters()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(variable + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GYM_PULSE_TABLE_PREFIX", "GYM_PULSE_AGGREGATE_QUEUE_URL"})
  void missing_variables_of_the_aggregation_schedule_are_named_at_creation(String variable) {
    var _ = AggregateFunction.planner(base());
    variables.remove(variable);
    assertThatThrownBy(() -> AggregateFunction.planner(base()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(variable + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GYM_PULSE_TABLE_PREFIX", "GYM_PULSE_FORECAST_QUEUE_URL"})
  void missing_variables_of_the_forecast_schedule_are_named_at_creation(String variable) {
    var _ = ForecastFunction.planner(base());
    variables.remove(variable);
    assertThatThrownBy(() -> ForecastFunction.planner(base()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(variable + " is missing");
  }

  @Test
  void operators_channels_come_from_the_variables() {
    assertThat(channels().operators()).isEmpty();
    variables.put("GYM_PULSE_MAIL_FROM", "alerts@example.org");
    variables.put("GYM_PULSE_OPERATORS_EMAIL", "ops@example.org");
    variables.put("GYM_PULSE_OPERATORS_WEBHOOK", "https://ops.example.org/hook");
    variables.put("GYM_PULSE_OPERATORS_SECRET", SECRET);
    assertThat(channels().operators())
        .isEqualTo(
            List.of(
                new Channel.Email("ops@example.org"),
                new Channel.Webhook(URI.create("https://ops.example.org/hook"), SECRET)));
  }

  @Test
  void invalid_operators_channels_are_rejected_by_the_variable_without_its_value() {
    variables.put("GYM_PULSE_OPERATORS_EMAIL", "ops@example.org");
    assertThatThrownBy(() -> channels().operators()).hasMessageContaining("GYM_PULSE_MAIL_FROM");
    variables.remove("GYM_PULSE_OPERATORS_EMAIL");
    variables.put("GYM_PULSE_OPERATORS_WEBHOOK", "https://ops.example.org/hook");
    assertThatThrownBy(() -> channels().operators())
        .hasMessageContaining("GYM_PULSE_OPERATORS_SECRET is missing");
    variables.put("GYM_PULSE_OPERATORS_SECRET", "too short");
    assertThatThrownBy(() -> channels().operators())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GYM_PULSE_OPERATORS_SECRET")
        .hasMessageNotContaining("too short");
  }

  private ChannelComposition channels() {
    Environment environment = new Environment(variables);
    return new ChannelComposition(environment, clients(environment), InstantSource.system());
  }

  private Composition base() {
    Environment environment = new Environment(Map.copyOf(variables));
    return new Composition(environment, clients(environment));
  }

  private static AwsServices clients(Environment environment) {
    return AwsServices.withKey(environment.required(Composition.REGION), "key", "hush");
  }
}
