package io.gympulse.contract.topic;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of all topics. None has more than seven slashes, AWS IoT Core's limit.
public final class Topics {
  /// Where the cloud publishes what it rejected, with the reason.
  public static final String ERRORS = "gympulse/errors";

  private static final Pattern GATEWAY =
      Pattern.compile("org/([^/]+)/gateways/([^/]+)/(?:batches|snapshot|heartbeat|acks)");
  private static final Pattern MACHINE = Pattern.compile("org/([^/]+)/machines/([^/]+)/status");

  private Topics() {}

  public static String batches(GatewayAddress address) {
    return gateway(address, "batches");
  }

  public static String snapshot(GatewayAddress address) {
    return gateway(address, "snapshot");
  }

  public static String heartbeat(GatewayAddress address) {
    return gateway(address, "heartbeat");
  }

  public static String acks(GatewayAddress address) {
    return gateway(address, "acks");
  }

  public static String status(GymId gym, MachineId machine) {
    return "org/%s/machines/%s/status".formatted(gym, machine);
  }

  /// The topic that hands a message to one rule only, without the broker's fan-out (and its price).
  public static String basicIngest(TopicRule rule, String topic) {
    return "$aws/rules/" + rule.name() + "/" + topic;
  }

  /// The gateway a topic belongs to; empty for any other topic and for ids that are not well
  /// formed.
  public static Optional<GatewayAddress> gatewayOf(String topic) {
    return parsed(
        GATEWAY, topic, (gym, id) -> new GatewayAddress(new GymId(gym), new GatewayId(id)));
  }

  /// The machine a status topic belongs to; empty for any other topic and for ids that are not well
  /// formed.
  public static Optional<MachineOnTopic> machineOf(String topic) {
    return parsed(
        MACHINE, topic, (gym, id) -> new MachineOnTopic(new GymId(gym), new MachineId(id)));
  }

  private static String gateway(GatewayAddress address, String leaf) {
    return "org/%s/gateways/%s/%s".formatted(address.gym(), address.gateway(), leaf);
  }

  private static <T> Optional<T> parsed(
      Pattern pattern, String topic, BiFunction<String, String, T> construction) {
    Matcher matcher = pattern.matcher(topic);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(construction.apply(matcher.group(1), matcher.group(2)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
