package io.gympulse.contract.topic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All rules, as they stand on AWS and as the local cloud runs them.
///
/// Every rule adds the topic and the front door's time. `SELECT *` fails on a payload that is no
/// JSON, and a rule's error action does not cover that; [#NOT_JSON] carries such payloads so that
/// they are rejected with a reason instead of vanishing.
public final class TopicRules {
  public static final TopicRule MACHINE_STATUS =
      new TopicRule(
          "gympulse_machine_status",
          "SELECT *, topic() AS topic, timestamp() AS receivedAt FROM 'org/+/machines/+/status'");

  public static final TopicRule GATEWAY_BATCHES = gateway("batches");
  public static final TopicRule GATEWAY_SNAPSHOT = gateway("snapshot");
  public static final TopicRule GATEWAY_HEARTBEAT = gateway("heartbeat");

  public static final TopicRule NOT_JSON =
      new TopicRule(
          "gympulse_not_json",
          "SELECT encode(*, 'base64') AS payload, topic() AS topic, timestamp() AS receivedAt"
              + " FROM 'org/#' WHERE isUndefined(version) AND isUndefined(machineId)");

  private static final List<TopicRule> ALL =
      List.of(MACHINE_STATUS, GATEWAY_BATCHES, GATEWAY_SNAPSHOT, GATEWAY_HEARTBEAT, NOT_JSON);

  private TopicRules() {}

  public static List<TopicRule> all() {
    return ALL;
  }

  /// The rule that takes what a gateway publishes on a topic; empty for any other topic.
  public static Optional<TopicRule> ofGateway(String topic) {
    String leaf = topic.substring(topic.lastIndexOf('/') + 1);
    return Topics.gatewayOf(topic)
        .flatMap(
            _ ->
                Stream.of(GATEWAY_BATCHES, GATEWAY_SNAPSHOT, GATEWAY_HEARTBEAT)
                    .filter(it -> it.name().equals("gympulse_gateway_" + leaf))
                    .findFirst());
  }

  private static TopicRule gateway(String leaf) {
    return new TopicRule(
        "gympulse_gateway_" + leaf,
        "SELECT *, topic() AS topic, timestamp() AS receivedAt FROM 'org/+/gateways/+/"
            + leaf
            + "'");
  }
}
