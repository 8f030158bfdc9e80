package io.gympulse.cloud.core.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// A feed update as one line of JSON, for a feed between processes. Times in epoch milliseconds. A
/// line without `earlier` and `present`, as older versions wrote it, is a state without a previous
/// status that was not claimed for the present.
public final class FeedCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FeedCodec() {}

  /// @return one line, without its end
  public static String encode(FeedUpdate update) {
    ObjectNode line = JSON.createObjectNode();
    line.put("position", update.position());
    switch (update) {
      case FeedUpdate.MachineChanged changed -> write(line, changed.state());
      case FeedUpdate.PresenceChanged changed -> write(line, changed.presence());
    }
    return line.toString();
  }

  private static void write(ObjectNode line, CurrentState state) {
    line.put("machine", state.machine().value());
    line.put("gym", state.gym().value());
    line.put("category", state.category().value());
    line.put("status", state.status().wireName());
    state.reason().ifPresent(it -> line.put("reason", it.wireName()));
    line.put("since", state.since().toEpochMilli());
    line.put("asOf", state.asOf().toEpochMilli());
    line.put("seq", state.seq());
    state.previous().ifPresent(it -> write(line.putObject("earlier"), it));
    line.put("present", state.present());
  }

  private static void write(ObjectNode line, PreviousStatus previous) {
    line.put("status", previous.status().wireName());
    line.put("since", previous.since().toEpochMilli());
    line.put("asOf", previous.asOf().toEpochMilli());
    line.put("seq", previous.seq());
  }

  private static void write(ObjectNode line, GatewayPresence presence) {
    line.put("gateway", presence.gateway().gateway().value());
    line.put("gym", presence.gateway().gym().value());
    line.put("online", presence.online());
    line.put("since", presence.since().toEpochMilli());
    line.put("lastHeardAt", presence.lastHeardAt().toEpochMilli());
    line.put("outboxDepth", presence.outboxDepth());
  }

  /// @throws IllegalArgumentException if the line is not a feed update
  public static FeedUpdate decode(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      long position = number(node, "position");
      return node.has("machine")
          ? new FeedUpdate.MachineChanged(position, state(node))
          : new FeedUpdate.PresenceChanged(position, presence(node));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a feed update: " + e.getOriginalMessage(), e);
    }
  }

  private static CurrentState state(JsonNode node) {
    return new CurrentState(
        new MachineId(text(node, "machine")),
        new GymId(text(node, "gym")),
        new CategoryId(text(node, "category")),
        status(node),
        Optional.ofNullable(node.get("reason"))
            .flatMap(it -> UnknownReason.ofWireName(it.asText())),
        time(node, "since"),
        time(node, "asOf"),
        number(node, "seq"),
        Optional.ofNullable(node.get("earlier")).map(FeedCodec::previous),
        node.has("present") && flag(node.required("present"), "present"));
  }

  private static PreviousStatus previous(JsonNode node) {
    return new PreviousStatus(
        status(node), time(node, "since"), time(node, "asOf"), number(node, "seq"));
  }

  private static MachineStatus status(JsonNode node) {
    return MachineStatus.ofWireName(text(node, "status"))
        .orElseThrow(() -> new IllegalArgumentException("status is not known here"));
  }

  private static GatewayPresence presence(JsonNode node) {
    return new GatewayPresence(
        new GatewayAddress(new GymId(text(node, "gym")), new GatewayId(text(node, "gateway"))),
        flag(node.required("online"), "online"),
        time(node, "since"),
        time(node, "lastHeardAt"),
        number(node, "outboxDepth"));
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.ofEpochMilli(number(node, field));
  }

  private static long number(JsonNode node, String field) {
    JsonNode number = node.required(field);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new IllegalArgumentException(field + " is not a whole number");
    }
    return number.longValue();
  }

  private static String text(JsonNode node, String field) {
    JsonNode text = node.required(field);
    if (!text.isTextual()) {
      throw new IllegalArgumentException(field + " is not a text");
    }
    return text.textValue();
  }

  private static boolean flag(JsonNode flag, String field) {
    if (!flag.isBoolean()) {
      throw new IllegalArgumentException(field + " is neither true nor false");
    }
    return flag.booleanValue();
  }
}
