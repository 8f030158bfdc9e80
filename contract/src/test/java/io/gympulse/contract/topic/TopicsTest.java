package io.gympulse.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.topic.Topics.MachineAddress;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final String LONGEST = "a".repeat(64);
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId(LONGEST), new GatewayId(LONGEST));

  @Test
  void a_gateway_topic_names_its_gateway() {
    assertThat(Topics.gatewayOf(Topics.batches(ADDRESS))).contains(ADDRESS);
    assertThat(Topics.gatewayOf(Topics.snapshot(ADDRESS))).contains(ADDRESS);
    assertThat(Topics.gatewayOf(Topics.heartbeat(ADDRESS))).contains(ADDRESS);
  }

  @Test
  void a_status_topic_names_its_machine() {
    MachineAddress machine = new MachineAddress(new GymId("g"), new MachineId("m"));
    assertThat(Topics.machineOf(Topics.status(machine.gym(), machine.machine()))).contains(machine);
  }

  @Test
  void other_topics_and_invalid_ids_are_not_parsed() {
    assertThat(Topics.gatewayOf("org/G/gateways/w/batches")).isEmpty();
    assertThat(Topics.gatewayOf("org/g/gateways/w/batches/more")).isEmpty();
    assertThat(Topics.machineOf("org/g/machines/../status")).isEmpty();
  }

  @Test
  void topics_keep_to_the_limits_of_AWS_IoT_Core() {
    String topic = Topics.heartbeat(ADDRESS);
    assertThat(topic).hasSizeLessThanOrEqualTo(256);
    assertThat(topic.chars().filter(it -> it == '/').count()).isLessThanOrEqualTo(7);
    String basic = Topics.basicIngest(TopicRule.GATEWAY_HEARTBEAT, topic);
    assertThat(basic)
        .startsWith("$aws/rules/gympulse_gateway_heartbeat/org/")
        .endsWith("/heartbeat");
  }

  @Test
  void the_policy_names_every_resource_in_full_and_only_its_own() throws Exception {
    JsonNode policy = new ObjectMapper().readTree(IotPolicies.gateway("eu-central-1", "1"));
    assertThat(policy.get("Statement")).hasSize(4);
    for (JsonNode statement : policy.get("Statement")) {
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      for (JsonNode resource : statement.get("Resource")) {
        assertThat(resource.asText())
            .startsWith("arn:aws:iot:eu-central-1:1:")
            .contains("${iot:Connection.Thing.ThingName}")
            .doesNotContain("$aws/rules/*");
      }
    }
  }

  @Test
  void an_observer_connects_as_itself_and_receives_the_error_topic_only() throws Exception {
    JsonNode policy = new ObjectMapper().readTree(IotPolicies.observer("eu-central-1", "1"));

    assertThat(policy.get("Statement"))
        .extracting(it -> it.get("Action").asText() + " " + it.get("Resource"))
        .containsExactly(
            "iot:Connect [\"arn:aws:iot:eu-central-1:1:client/${iot:Connection.Thing.ThingName}\"]",
            "iot:Subscribe [\"arn:aws:iot:eu-central-1:1:topicfilter/gympulse/errors\"]",
            "iot:Receive [\"arn:aws:iot:eu-central-1:1:topic/gympulse/errors\"]");
  }

  @Test
  void an_api_process_connects_as_itself_and_receives_updates_only() throws Exception {
    JsonNode policy = new ObjectMapper().readTree(IotPolicies.api("eu-central-1", "1"));

    assertThat(policy.get("Statement"))
        .extracting(it -> it.get("Action").asText() + " " + it.get("Resource"))
        .containsExactly(
            "iot:Connect [\"arn:aws:iot:eu-central-1:1:client/${iot:Connection.Thing.ThingName}\"]",
            "iot:Subscribe [\"arn:aws:iot:eu-central-1:1:topicfilter/gympulse/updates/*\"]",
            "iot:Receive [\"arn:aws:iot:eu-central-1:1:topic/gympulse/updates/*\"]");
  }

  @Test
  void updates_have_a_topic_per_gym_that_no_rule_selects() {
    assertThat(Topics.updates(ADDRESS.gym())).isEqualTo("gympulse/updates/" + LONGEST);
    assertThat(Topics.ALL_UPDATES).isEqualTo("gympulse/updates/+");
    assertThat(TopicRule.all())
        .allSatisfy(it -> assertThat(it.sql()).containsPattern("FROM '(org/|\\$aws/things/)"));
  }

  @Test
  void an_accepted_update_of_a_health_shadow_names_its_gateway() {
    String update = Topics.healthUpdate(ADDRESS.gateway());
    assertThat(Topics.healthOf(update + "/accepted")).contains(ADDRESS.gateway());
    assertThat(Topics.healthOf(update)).isEmpty();
    assertThat(Topics.healthOf("$aws/things/A_B/shadow/name/health/update/accepted")).isEmpty();
    assertThat(Topics.gatewayOf(update + "/accepted")).isEmpty();
  }

  @Test
  void a_machine_publishes_its_own_status_and_does_nothing_else() throws Exception {
    JsonNode policy = new ObjectMapper().readTree(IotPolicies.machine("eu-central-1", "1"));
    String own =
        "org/${iot:Connection.Thing.Attributes[gym]}/machines/${iot:Connection.Thing.ThingName}/status";

    assertThat(policy.get("Statement"))
        .extracting(it -> it.get("Action").asText() + " " + it.get("Resource"))
        .containsExactly(
            "iot:Connect [\"arn:aws:iot:eu-central-1:1:client/${iot:Connection.Thing.ThingName}\"]",
            "iot:Publish [\"arn:aws:iot:eu-central-1:1:topic/%s\",".formatted(own)
                + "\"arn:aws:iot:eu-central-1:1:topic/$aws/rules/gympulse_machine_status/%s\"]"
                    .formatted(own));
  }
}
