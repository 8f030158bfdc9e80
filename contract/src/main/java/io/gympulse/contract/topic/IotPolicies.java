package io.gympulse.contract.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/// The AWS IoT policies of all kinds of client, as JSON documents. Each allows a client to connect
/// under its own name and to use its own topics only.
///
/// A thing has the name of its gateway or machine, and its gym as the attribute `gym`.
public final class IotPolicies {
  /// The name of the thing that the connection's certificate belongs to.
  private static final String THING = "${iot:Connection.Thing.ThingName}";

  /// Every topic of updates, and every filter that selects such topics only.
  private static final String EVERY_UPDATE = "gympulse/updates/*";

  private static final String GYM = "org/${iot:Connection.Thing.Attributes[gym]}";

  private IotPolicies() {}

  /// The policy of a gateway that connects directly: its own topics and its own named shadows.
  ///
  /// Thing policy variables are not resolved for the data-plane calls of a Greengrass core: such a
  /// core needs the same document with literal names.
  public static String gateway(String region, String account) {
    String own = GYM + "/gateways/" + THING + "/";
    List<String> published =
        Stream.of(
                basicIngestAndPlain(TopicRule.GATEWAY_BATCHES, own + "batches"),
                basicIngestAndPlain(TopicRule.GATEWAY_SNAPSHOT, own + "snapshot"),
                basicIngestAndPlain(TopicRule.GATEWAY_HEARTBEAT, own + "heartbeat"),
                shadows("/get"),
                shadows("/update"),
                shadows("/delete"))
            .flatMap(it -> it)
            .toList();
    List<String> subscribed = Stream.concat(Stream.of(own + "acks"), shadows("/*")).toList();
    return new Document(region, account)
        .allowConnect()
        .allowPublish(published)
        .allowSubscribe(subscribed)
        .json();
  }

  /// The policy of a machine that reports by itself: it may publish on its own status topic,
  /// through the broker or by Basic Ingest.
  public static String machine(String region, String account) {
    String status = GYM + "/machines/" + THING + "/status";
    return new Document(region, account)
        .allowConnect()
        .allowPublish(List.of(status, Topics.basicIngest(TopicRule.MACHINE_STATUS, status)))
        .json();
  }

  /// The policy of an observer of rejected messages: it may subscribe to [Topics#ERRORS].
  ///
  /// A rejection quotes the beginning of the message, so an observer sees messages of all gyms.
  public static String observer(String region, String account) {
    return new Document(region, account)
        .allowConnect()
        .allowSubscribe(List.of(Topics.ERRORS))
        .json();
  }

  /// The policy of an API process: it may receive the [Topics#updates] of all gyms.
  ///
  /// A client id is connected once at a time, so each process needs a thing of its own.
  public static String api(String region, String account) {
    return new Document(region, account)
        .allowConnect()
        .allowSubscribe(List.of(EVERY_UPDATE))
        .json();
  }

  private static Stream<String> basicIngestAndPlain(TopicRule rule, String topic) {
    return Stream.of(topic, Topics.basicIngest(rule, topic));
  }

  private static Stream<String> shadows(String action) {
    return Stream.of("health", "config")
        .map(name -> "$aws/things/" + THING + "/shadow/name/" + name + action);
  }

  /// A policy document of allowing statements, one per action, with resources named in full. For
  /// one thread.
  private static final class Document {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String prefix;
    private final ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    private final ArrayNode statements = policy.putArray("Statement");

    Document(String region, String account) {
      this.prefix = "arn:aws:iot:%s:%s:".formatted(region, account);
    }

    Document allowConnect() {
      return allow("iot:Connect", "client", List.of(THING));
    }

    Document allowPublish(List<String> topics) {
      return allow("iot:Publish", "topic", topics);
    }

    /// Allows to subscribe to these topics, each as a topic filter, and to receive from them.
    Document allowSubscribe(List<String> topics) {
      return allow("iot:Subscribe", "topicfilter", topics).allow("iot:Receive", "topic", topics);
    }

    String json() {
      try {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree of plain values can always be written", e);
      }
    }

    private Document allow(String action, String type, List<String> names) {
      ObjectNode statement = statements.addObject().put("Effect", "Allow").put("Action", action);
      ArrayNode resources = statement.putArray("Resource");
      names.forEach(name -> resources.add(prefix + type + "/" + name));
      return this;
    }
  }
}
