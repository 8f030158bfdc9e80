package io.gympulse.contract.topic;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of all topics, and limits of AWS IoT Core. No topic has more than seven slashes, one
/// of these limits.
public final class Topics {
  /// The topic on which the cloud publishes the messages that it rejected, with the reason.
  public static final String ERRORS = "gympulse/errors";

  /// The filter of all gyms' [#updates].
  public static final String ALL_UPDATES = "gympulse/updates/+";

  /// The limit of one message's payload, in bytes (128 KB).
  public static final int MAX_PAYLOAD_BYTES = 131_072;

  private static final Pattern GATEWAY =
      Pattern.compile("org/([^/]+)/gateways/([^/]+)/(?:batches|snapshot|heartbeat|acks)");
  private static final Pattern HEALTH =
      Pattern.compile("\\$aws/things/([^/]+)/shadow/name/health/update/accepted");
  private static final Pattern MACHINE = Pattern.compile("org/([^/]+)/machines/([^/]+)/status");

  /// The gym and the machine that a status topic belongs to.
  public record MachineAddress(GymId gym, MachineId machine) {}

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

  /// The reserved topic on which a gateway updates its named shadow `health`.
  public static String healthUpdate(GatewayId gateway) {
    return "$aws/things/" + gateway + "/shadow/name/health/update";
  }

  public static String status(GymId gym, MachineId machine) {
    return "org/%s/machines/%s/status".formatted(gym, machine);
  }

  /// The topic on which the cloud publishes the updates of a gym's machines and gateway, for API
  /// processes.
  public static String updates(GymId gym) {
    return "gympulse/updates/" + gym;
  }

  /// The Basic Ingest topic that passes a message to one rule only, without the broker's fan-out
  /// and its price.
  public static String basicIngest(TopicRule rule, String topic) {
    return "$aws/rules/" + rule.name() + "/" + topic;
  }

  /// The gateway that a topic belongs to; empty for any other topic and for invalid ids.
  public static Optional<GatewayAddress> gatewayOf(String topic) {
    return parsed(
        GATEWAY, topic, (gym, id) -> new GatewayAddress(new GymId(gym), new GatewayId(id)));
  }

  /// The gateway whose shadow `health` has accepted an update on this topic; empty for any other
  /// topic and for an invalid id.
  public static Optional<GatewayId> healthOf(String topic) {
    Matcher matcher = HEALTH.matcher(topic);
    try {
      return matcher.matches() ? Optional.of(new GatewayId(matcher.group(1))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The machine that a status topic belongs to; empty for any other topic and for invalid ids.
  public static Optional<MachineAddress> machineOf(String topic) {
    return parsed(
        MACHINE, topic, (gym, id) -> new MachineAddress(new GymId(gym), new MachineId(id)));
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
