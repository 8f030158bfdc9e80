package io.gympulse.contract.topic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An AWS IoT topic rule: which messages it sends to the ingest queue, and which fields it adds.
/// AWS and the local cloud run the same rules.
///
/// Every rule adds the topic and the time of receipt. `SELECT *` fails on a payload that is not
/// JSON, and a rule's error action does not cover that: [#NOT_JSON] selects such payloads, so that
/// they are rejected with a reason and not lost.
///
/// @param name letters, digits and underscore only, as AWS requires
/// @param sql in AWS IoT SQL, version 2016-03-23
public record TopicRule(String name, String sql) {
  public static final TopicRule MACHINE_STATUS =
      new TopicRule(
          "gympulse_machine_status",
          "SELECT *, topic() AS topic, timestamp() AS receivedAt FROM 'org/+/machines/+/status'");

  public static final TopicRule GATEWAY_BATCHES = gateway("batches");
  public static final TopicRule GATEWAY_SNAPSHOT = gateway("snapshot");
  public static final TopicRule GATEWAY_HEARTBEAT = gateway("heartbeat");

  /// A gateway's health, once the shadow service has accepted it: see decision 30. The field
  /// `health` has what the gateway reported, without the shadow's metadata.
  public static final TopicRule GATEWAY_HEALTH =
      new TopicRule(
          "gympulse_gateway_health",
          "SELECT state.reported AS health, topic() AS topic, timestamp() AS receivedAt"
              + " FROM '$aws/things/+/shadow/name/health/update/accepted'"
              + " WHERE NOT isUndefined(state.reported)");

  public static final TopicRule NOT_JSON =
      new TopicRule(
          "gympulse_not_json",
          "SELECT encode(*, 'base64') AS payload, topic() AS topic, timestamp() AS receivedAt"
              + " FROM 'org/#' WHERE isUndefined(version) AND isUndefined(machineId)");

  private static final List<TopicRule> ALL =
      List.of(
          MACHINE_STATUS,
          GATEWAY_BATCHES,
          GATEWAY_SNAPSHOT,
          GATEWAY_HEARTBEAT,
          GATEWAY_HEALTH,
          NOT_JSON);

  public TopicRule {
    if (!name.matches("\\w+")) {
      throw new IllegalArgumentException(
          "rule name '%s' has other than letters, digits, _".formatted(name));
    }
  }

  public static List<TopicRule> all() {
    return ALL;
  }

  /// The rule for a gateway's topic; empty for any other topic.
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
