package io.gympulse.local.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.topic.IotPolicies;
import io.gympulse.local.policy.Permissions.Action;
import io.gympulse.local.policy.Permissions.Decision;
import io.gympulse.local.policy.PolicyDocument.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

  private static final Variables GATEWAY = device("gw-1", "gw-1");

  @ParameterizedTest
  @CsvSource({
    "CONNECT, gw-1, ALLOWED",
    "CONNECT, gw-2, NOT_ALLOWED",
    "PUBLISH, org/gym-1/gateways/gw-1/batches, ALLOWED",
    "PUBLISH, org/gym-1/gateways/gw-2/batches, NOT_ALLOWED",
    "PUBLISH, org/gym-2/gateways/gw-1/batches, NOT_ALLOWED",
    "PUBLISH, org/gym-1/gateways/gw-1/acks, NOT_ALLOWED",
    "PUBLISH, $aws/rules/gympulse_gateway_batches/org/gym-1/gateways/gw-1/batches, ALLOWED",
    "PUBLISH, $aws/rules/gympulse_not_json/org/gym-1/gateways/gw-1/batches, NOT_ALLOWED",
    "PUBLISH, $aws/things/gw-1/shadow/name/health/update, ALLOWED",
    "PUBLISH, $aws/things/gw-1/shadow/name/other/update, NOT_ALLOWED",
    "PUBLISH, $aws/things/gw-2/shadow/name/health/update, NOT_ALLOWED",
    "SUBSCRIBE, org/gym-1/gateways/gw-1/acks, ALLOWED",
    "SUBSCRIBE, org/gym-1/gateways/+/acks, NOT_ALLOWED",
    "SUBSCRIBE, #, NOT_ALLOWED",
    "RECEIVE, org/gym-1/gateways/gw-1/acks, ALLOWED",
    "RECEIVE, org/gym-1/gateways/gw-2/acks, NOT_ALLOWED",
  })
  void a_gateway_may_use_its_own_topics_only(Action action, String name, Decision decision) {
    var policy = PolicyDocument.parse(IotPolicies.gateway("local", "0"), "local", "0");

    assertThat(policy.permissionsOf(GATEWAY).decide(action, name)).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, eye, ALLOWED",
    "CONNECT, gw-1, NOT_ALLOWED",
    "SUBSCRIBE, gympulse/errors, ALLOWED",
    "RECEIVE, gympulse/errors, ALLOWED",
    "PUBLISH, gympulse/errors, NOT_ALLOWED",
    "SUBSCRIBE, gympulse/#, NOT_ALLOWED",
    "SUBSCRIBE, org/#, NOT_ALLOWED",
    "RECEIVE, org/gym-1/gateways/gw-1/acks, NOT_ALLOWED",
  })
  void an_observer_may_receive_the_error_topic_only(Action action, String name, Decision decision) {
    var policy = PolicyDocument.parse(IotPolicies.observer("local", "0"), "local", "0");
    Variables observer = new Variables("eye", "eye", Map.of());

    assertThat(policy.permissionsOf(observer).decide(action, name)).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, api-1, ALLOWED",
    "CONNECT, api-2, NOT_ALLOWED",
    "SUBSCRIBE, gympulse/updates/+, ALLOWED",
    "SUBSCRIBE, gympulse/updates/gym-1, ALLOWED",
    "RECEIVE, gympulse/updates/gym-1, ALLOWED",
    "PUBLISH, gympulse/updates/gym-1, NOT_ALLOWED",
    "SUBSCRIBE, gympulse/errors, NOT_ALLOWED",
    "SUBSCRIBE, gympulse/#, NOT_ALLOWED",
    "RECEIVE, gympulse/errors, NOT_ALLOWED",
    "RECEIVE, org/gym-1/gateways/gw-1/acks, NOT_ALLOWED",
  })
  void an_api_process_may_receive_updates_only(Action action, String name, Decision decision) {
    var policy = PolicyDocument.parse(IotPolicies.api("local", "0"), "local", "0");
    Variables api = new Variables("api-1", "api-1", Map.of());

    assertThat(policy.permissionsOf(api).decide(action, name)).isEqualTo(decision);
  }

  @Test
  void deny_overrides_allow() {
    Permissions permissions =
        policy(
            """
            {"Statement":[
              {"Effect":"Allow","Action":"iot:*","Resource":"*"},
              {"Effect":"Deny","Action":["iot:Publish"],"Resource":"arn:aws:iot:r:a:topic/a/?"}]}
            """,
            GATEWAY);

    assertThat(permissions.decide(Action.PUBLISH, "a/b")).isEqualTo(Decision.DENIED);
    assertThat(permissions.decide(Action.PUBLISH, "a/bc")).isEqualTo(Decision.ALLOWED);
    assertThat(permissions.decide(Action.RECEIVE, "a/b")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void a_wildcard_in_a_variables_value_is_a_plain_character() {
    Permissions permissions =
        policy(
            """
            {"Statement":{"Effect":"Allow","Action":"iot:Publish",
              "Resource":"arn:aws:iot:r:a:topic/${iot:ClientId}/x"}}
            """,
            device("*", "gw-1"));

    assertThat(permissions.decide(Action.PUBLISH, "gw-1/x")).isEqualTo(Decision.NOT_ALLOWED);
    assertThat(permissions.decide(Action.PUBLISH, "*/x")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void thing_variables_have_no_value_when_the_client_is_not_named_as_the_thing() {
    var policy = PolicyDocument.parse(IotPolicies.gateway("local", "0"), "local", "0");
    Permissions permissions = policy.permissionsOf(device("someone", "gw-1"));

    assertThat(permissions.decide(Action.CONNECT, "someone").allowed()).isFalse();
    assertThat(permissions.decide(Action.CONNECT, "gw-1").allowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Statement",
        "{\"Statement\":[{\"Effect\":\"Maybe\"}]} | Effect",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iot:Publish\"}]} | Resource",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Condition\":{}}]} | Condition",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"${x}\"}]} | ${x}",
        "nonsense | not JSON",
      })
  void an_invalid_document_is_rejected_with_the_field(String document, String named) {
    assertThatThrownBy(() -> PolicyDocument.parse(document, "r", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  private static Permissions policy(String document, Variables device) {
    return PolicyDocument.parse(document, "r", "a").permissionsOf(device);
  }

  private static Variables device(String clientId, String thing) {
    return new Variables(clientId, thing, Map.of("gym", "gym-1"));
  }
}
