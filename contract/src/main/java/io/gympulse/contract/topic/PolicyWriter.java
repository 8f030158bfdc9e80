package io.gympulse.contract.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Writes an AWS IoT policy document of allowing statements, one per action, with resources named
/// in full. For one thread.
final class PolicyWriter {
  /// Stands for the name of the thing that the connection's certificate belongs to.
  static final String THING = "${iot:Connection.Thing.ThingName}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String prefix;
  private final ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
  private final ArrayNode statements = policy.putArray("Statement");

  PolicyWriter(String region, String account) {
    this.prefix = "arn:aws:iot:%s:%s:".formatted(region, account);
  }

  /// To connect under the thing's own name only.
  PolicyWriter allowConnect() {
    return allow("iot:Connect", "client", List.of(THING));
  }

  PolicyWriter allowPublish(List<String> topics) {
    return allow("iot:Publish", "topic", topics);
  }

  /// To subscribe to these topics, each as a topic filter, and to receive from them.
  PolicyWriter allowHear(List<String> topics) {
    return allow("iot:Subscribe", "topicfilter", topics).allow("iot:Receive", "topic", topics);
  }

  String document() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  private PolicyWriter allow(String action, String type, List<String> names) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow").put("Action", action);
    ArrayNode resources = statement.putArray("Resource");
    names.forEach(name -> resources.add(prefix + type + "/" + name));
    return this;
  }
}
