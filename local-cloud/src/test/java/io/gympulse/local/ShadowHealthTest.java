package io.gympulse.local;

import static io.gympulse.local.TestCloud.GATEWAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.gateway.SampleHealth;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.topic.Topics;
import io.gympulse.process.ProcessClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway's health through its shadow, the topic rule, the queue and ingest to the API.
class ShadowHealthTest {
  private static final String PATH = "/gateways/gw-1/health";

  @TempDir private Path directory = Path.of("");
  private final Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.MILLIS);
  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void an_update_of_the_shadow_is_read_by_operators_and_kept_over_a_restart() throws Exception {
    GatewayHealth health = SampleHealth.of(GATEWAY, now);
    try (DeviceClient device = cloud.connect()) {
      device.publish(
          Topics.healthUpdate(GATEWAY.gateway()), GatewayHealthCodec.shadowUpdate(health));
      JsonNode shown = awaitHealth();
      assertThat(shown.path("reportedAt").asText()).isEqualTo(now.toString());
      assertThat(shown.at("/sensors/0/verdict").asText()).isEqualTo("dead");
    }
    cloud.restart(() -> {});
    assertThat(cloud.apiAsOperator(GATEWAY.gym(), PATH).path("boots").asLong()).isEqualTo(4);
  }

  @Test
  void an_update_that_is_no_report_is_published_on_the_error_topic() throws Exception {
    try (DeviceClient device = cloud.connect();
        DeviceClient observer = cloud.connectObserver()) {
      observer.subscribe(Topics.ERRORS);
      device.publish(
          Topics.healthUpdate(GATEWAY.gateway()),
          "{\"state\":{\"desired\":{\"colour\":\"blue\"}}}".getBytes(UTF_8));
      device.publish(
          Topics.healthUpdate(GATEWAY.gateway()),
          "{\"state\":{\"reported\":{\"version\":9}}}".getBytes(UTF_8));
      JsonNode error = new ObjectMapper().readTree(observer.take());
      assertThat(error.path("code").asText()).isEqualTo("unknown-version");
      assertThat(error.path("topic").asText())
          .isEqualTo(Topics.healthUpdate(GATEWAY.gateway()) + "/accepted");
    }
  }

  private JsonNode awaitHealth() {
    return await()
        .ignoreExceptionsInstanceOf(FileNotFoundException.class)
        .until(() -> cloud.apiAsOperator(GATEWAY.gym(), PATH), it -> it.has("boots"));
  }
}
