package io.gympulse.contract.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/// The AWS IoT policy of a gateway that connects directly: it may touch its own topics and its own
/// named shadows, nothing else.
///
/// A thing is named as its gateway and carries its gym as the attribute `gym`. Thing policy
/// variables do not hold for a Greengrass core's data-plane calls: such a core needs the same
/// document with literal names.
public final class GatewayPolicy {
  private static final String THING = "${iot:Connection.Thing.ThingName}";
  private static final String OWN =
      "org/${iot:Connection.Thing.Attributes[gym]}/gateways/" + THING + "/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayPolicy() {}

  /// @return the policy document as JSON
  public static String document(String region, String account) {
    Arns arns = new Arns("arn:aws:iot:%s:%s:".formatted(region, account));
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    allow(statements, "iot:Connect", List.of(arns.of("client", THING)));
    allow(
        statements,
        "iot:Publish",
        Stream.of(
                basicIngestAndPlain(TopicRules.GATEWAY_BATCHES, OWN + "batches"),
                basicIngestAndPlain(TopicRules.GATEWAY_SNAPSHOT, OWN + "snapshot"),
                basicIngestAndPlain(TopicRules.GATEWAY_HEARTBEAT, OWN + "heartbeat"),
                shadows("/get"),
                shadows("/update"),
                shadows("/delete"))
            .flatMap(it -> it)
            .map(it -> arns.of("topic", it))
            .toList());
    List<String> heard = Stream.concat(Stream.of(OWN + "acks"), shadows("/*")).toList();
    allow(
        statements, "iot:Subscribe", heard.stream().map(it -> arns.of("topicfilter", it)).toList());
    allow(statements, "iot:Receive", heard.stream().map(it -> arns.of("topic", it)).toList());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  private static Stream<String> basicIngestAndPlain(TopicRule rule, String topic) {
    return Stream.of(topic, Topics.basicIngest(rule, topic));
  }

  private static Stream<String> shadows(String action) {
    return Stream.of("health", "config")
        .map(name -> "$aws/things/" + THING + "/shadow/name/" + name + action);
  }

  private static void allow(ArrayNode statements, String action, List<String> resources) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow").put("Action", action);
    resources.forEach(statement.putArray("Resource")::add);
  }

  private record Arns(String prefix) {
    String of(String type, String name) {
      return prefix + type + "/" + name;
    }
  }
}
