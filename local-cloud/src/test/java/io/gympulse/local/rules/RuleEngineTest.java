package io.gympulse.local.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.topic.TopicRule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleEngineTest {

  private static final RuleEngine PRODUCT =
      new RuleEngine(
          TopicRule.all().stream().map(rule -> Rule.parse(rule.name(), rule.sql())).toList());
  private static final String BATCHES = "org/gym-1/gateways/gw-1/batches";

  @Test
  void a_batch_goes_to_its_rule_with_topic_and_time_added() {
    List<RuleEngine.Result> results = PRODUCT.run(message(BATCHES, "{\"version\":1,\"x\":[2]}"));

    assertThat(results)
        .extracting(RuleEngine.Result::rule)
        .containsExactly("gympulse_gateway_batches");
    assertThat(results.getFirst().body().toString())
        .isEqualTo("{\"version\":1,\"x\":[2],\"topic\":\"" + BATCHES + "\",\"receivedAt\":1234}");
  }

  @Test
  void basic_ingest_runs_the_named_rule_alone_and_hides_its_prefix() {
    String topic = "$aws/rules/gympulse_gateway_batches/" + BATCHES;

    List<RuleEngine.Result> results = PRODUCT.run(message(topic, "{\"other\":1}"));

    assertThat(results)
        .extracting(RuleEngine.Result::rule)
        .containsExactly("gympulse_gateway_batches");
    assertThat(results.getFirst().body().path("topic").asText()).isEqualTo(BATCHES);
    assertThat(PRODUCT.run(message("$aws/rules/unknown/a", "{}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"not json", "[1]", "{\"a\":1", "{} {}", "''"})
  void a_payload_that_is_no_json_object_is_passed_on_as_base64(String payload) {
    List<RuleEngine.Result> results = PRODUCT.run(message(BATCHES, payload));

    assertThat(results).extracting(RuleEngine.Result::rule).containsExactly("gympulse_not_json");
    assertThat(results.getFirst().body().path("payload").asText())
        .isEqualTo(java.util.Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n = 5 | true",
        "n <> 5 | false",
        "n >= 5 AND t = 'on' | true",
        "n > 5 OR t = 'on' | true",
        "NOT (n > 5 OR t = 'on') | false",
        "NOT n > 5 | true",
        "a.b = true | true",
        "missing = 5 | false",
        "missing <> 5 | false",
        "NOT missing = 5 | false",
        "isUndefined(missing) | true",
        "isUndefined(a.b) | false",
        "t < 'z' and topic(2) = 'two' | true",
        "n = '5' | false",
        "z = null | true",
      })
  void conditions_hold_as_documented(String condition, boolean holds) {
    Rule rule = Rule.parse("r", "SELECT * FROM 'one/#' WHERE " + condition);
    String payload = "{\"n\":5,\"t\":\"on\",\"a\":{\"b\":true},\"z\":null}";

    assertThat(new RuleEngine(List.of(rule)).run(message("one/two", payload)))
        .hasSize(holds ? 1 : 0);
  }

  @Test
  void fields_can_be_picked_and_named() {
    Rule rule = Rule.parse("r", "select a.b, n as number, topic(1) AS first, missing FROM 'x/+'");

    var body =
        new RuleEngine(List.of(rule))
            .run(message("x/y", "{\"a\":{\"b\":1},\"n\":2}"))
            .getFirst()
            .body();

    assertThat(body.toString()).isEqualTo("{\"b\":1,\"number\":2,\"first\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "org/#, org, true",
    "org/#, org/a/b, true",
    "org/+/x, org/a/x, true",
    "org/+/x, org/a/b/x, false",
    "org/+, org, false",
    "#, $aws/things, false",
    "$aws/#, $aws/things, true",
  })
  void topic_filters_match_as_mqtt_says(String filter, String topic, boolean matches) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT FROM 'a' | FROM",
        "SELECT * FROM a | string",
        "SELECT * FROM 'a/#/b' | topic filter",
        "SELECT * FROM 'a' WHERE | value",
        "SELECT * FROM 'a' extra | the end",
        "SELECT sin(x) AS s FROM 'a' | sin()",
        "SELECT encode(*, 'hex') AS s FROM 'a' | hex",
      })
  void invalid_sql_is_rejected_with_the_place(String sql, String named) {
    assertThatThrownBy(() -> Rule.parse("my_rule", sql))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my_rule")
        .hasMessageContaining(named);
  }

  private static RuleEngine.Message message(String topic, String payload) {
    return new RuleEngine.Message(topic, payload.getBytes(UTF_8), Instant.ofEpochMilli(1234));
  }
}
