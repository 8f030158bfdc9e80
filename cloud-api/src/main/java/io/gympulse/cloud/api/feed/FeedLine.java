package io.gympulse.cloud.api.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// One line of the feed; times are epoch milliseconds.
/// ```
/// {"type":"machine","position":7,"machine":"m","gym":"g","category":"c","status":"unknown",
///  "reason":"sensor-dead","since":0,"asOf":0,"seq":1}
/// {"type":"presence","position":8,"gym":"g","gateway":"w","online":true,"since":0,
///  "lastHeardAt":0,"coveredTo":0,"outboxDepth":0}
/// ```
/// Pure; safe for any number of threads.
public final class FeedLine {
  private static final JsonMapper JSON = new JsonMapper();

  private FeedLine() {}

  /// @throws IllegalArgumentException if this is no line of a known type
  public static FeedUpdate decode(String line) {
    JsonNode node = tree(line);
    String type = text(node, "type");
    return switch (type) {
      case "machine" -> new FeedUpdate.MachineChanged(number(node, "position"), state(node));
      case "presence" -> new FeedUpdate.PresenceChanged(number(node, "position"), presence(node));
      default -> throw new IllegalArgumentException("feed line of unknown type '" + type + "'");
    };
  }

  private static CurrentState state(JsonNode node) {
    return new CurrentState(
        new MachineId(text(node, "machine")),
        new GymId(text(node, "gym")),
        new CategoryId(text(node, "category")),
        MachineStatus.ofWireName(text(node, "status"))
            .orElseThrow(() -> new IllegalArgumentException("feed line of unknown status")),
        node.has("reason") ? UnknownReason.ofWireName(text(node, "reason")) : Optional.empty(),
        time(node, "since"),
        time(node, "asOf"),
        number(node, "seq"));
  }

  private static GatewayPresence presence(JsonNode node) {
    return new GatewayPresence(
        new GatewayAddress(new GymId(text(node, "gym")), new GatewayId(text(node, "gateway"))),
        node.path("online").asBoolean(),
        time(node, "since"),
        time(node, "lastHeardAt"),
        node.has("coveredTo") ? Optional.of(time(node, "coveredTo")) : Optional.empty(),
        number(node, "outboxDepth"));
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("feed line is not JSON", e);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("feed line lacks '%s'".formatted(field));
    }
    return value.textValue();
  }

  private static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("feed line lacks '%s'".formatted(field));
    }
    return value.longValue();
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.ofEpochMilli(number(node, field));
  }
}
