package io.gympulse.contract.topic;

import static io.gympulse.contract.topic.PolicyWriter.THING;

import java.util.List;
import java.util.stream.Stream;

/// The AWS IoT policy of a gateway that connects directly: it may touch its own topics and its own
/// named shadows, nothing else.
///
/// A thing is named as its gateway and carries its gym as the attribute `gym`. Thing policy
/// variables do not hold for a Greengrass core's data-plane calls: such a core needs the same
/// document with literal names.
public final class GatewayPolicy {
  private static final String OWN =
      "org/${iot:Connection.Thing.Attributes[gym]}/gateways/" + THING + "/";

  private GatewayPolicy() {}

  /// @return the policy document as JSON
  public static String document(String region, String account) {
    List<String> said =
        Stream.of(
                basicIngestAndPlain(TopicRules.GATEWAY_BATCHES, OWN + "batches"),
                basicIngestAndPlain(TopicRules.GATEWAY_SNAPSHOT, OWN + "snapshot"),
                basicIngestAndPlain(TopicRules.GATEWAY_HEARTBEAT, OWN + "heartbeat"),
                shadows("/get"),
                shadows("/update"),
                shadows("/delete"))
            .flatMap(it -> it)
            .toList();
    List<String> heard = Stream.concat(Stream.of(OWN + "acks"), shadows("/*")).toList();
    return new PolicyWriter(region, account)
        .allowConnect()
        .allowPublish(said)
        .allowHear(heard)
        .document();
  }

  private static Stream<String> basicIngestAndPlain(TopicRule rule, String topic) {
    return Stream.of(topic, Topics.basicIngest(rule, topic));
  }

  private static Stream<String> shadows(String action) {
    return Stream.of("health", "config")
        .map(name -> "$aws/things/" + THING + "/shadow/name/" + name + action);
  }
}
