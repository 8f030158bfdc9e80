package io.gympulse.cloud.core.broadcast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// A message to a stream connection, one per text frame, encoded by [StreamCodec].
public sealed interface StreamMessage {

  /// The message of a feed update.
  static StreamMessage of(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) ->
          new MachineUpdate(
              state.machine(),
              state.gym(),
              state.category(),
              state.status(),
              state.asOf(),
              state.since(),
              state.reason());
      case FeedUpdate.PresenceChanged(_, var presence) ->
          new Presence(
              presence.gateway(), presence.online(), presence.lastHeardAt(), presence.since());
    };
  }

  /// The first message of a connection: from here on no update is missed, so a client that then
  /// reads REST is complete.
  ///
  /// @param serverTime for the offset of the client's clock
  /// @param rate of the server's clock relative to real time; 1 outside simulations
  record Hello(Instant serverTime, double rate) implements StreamMessage {}

  /// Sent periodically, so that silence means a dead link.
  record Tick(Instant serverTime, double rate) implements StreamMessage {}

  /// The response to a client's ping: the connection is open in both directions, and still receives
  /// updates.
  record Pong(Instant serverTime, double rate) implements StreamMessage {}

  /// Whether updates reach the server that holds the connection. While they do not, the client's
  /// data may be stale. Sent after [Hello] and at each change; a server that does not depend on a
  /// feed never sends it.
  ///
  /// @param since when it went up or down
  record Feed(boolean up, Instant since) implements StreamMessage {}

  /// A machine's state changed.
  ///
  /// @param status never offline: that is derived from presence
  /// @param timestamp when the gym last reported it
  /// @param lastChange since when the machine has this status
  /// @param reason why it is unknown; empty otherwise
  record MachineUpdate(
      MachineId machine,
      GymId gym,
      CategoryId category,
      MachineStatus status,
      Instant timestamp,
      Instant lastChange,
      Optional<UnknownReason> reason)
      implements StreamMessage {}

  /// A gateway came online or went offline.
  ///
  /// @param since when it did
  record Presence(GatewayAddress gateway, boolean online, Instant lastHeardAt, Instant since)
      implements StreamMessage {}

  /// A member's notification. It may be repeated with the same id: receivers drop repeats.
  ///
  /// @param id the same at every attempt
  /// @param kind such as `machine-free`
  /// @param machine absent if it is about a gateway
  /// @param category present if `machine` is
  /// @param since when the reported condition began
  /// @param correlationId the same in all log lines about it
  /// @param text one or two sentences of plain text
  record Alert(
      String id,
      String kind,
      Optional<MachineId> machine,
      Optional<GymId> gym,
      Optional<CategoryId> category,
      String name,
      Instant since,
      String correlationId,
      String text)
      implements StreamMessage {}

  /// A stream message as one JSON object. All times are epoch seconds (REST uses ISO-8601);
  /// `serverTime` has milliseconds. Receivers ignore unknown types and fields.
  final class StreamCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private StreamCodec() {}

    public static String encode(StreamMessage message) {
      StringWriter text = new StringWriter(192);
      try (JsonGenerator json = JSON.createGenerator(text)) {
        json.writeStartObject();
        switch (message) {
          case Hello(Instant time, double rate) -> writeTime(json, "hello", time, rate);
          case Tick(Instant time, double rate) -> writeTime(json, "tick", time, rate);
          case Pong(Instant time, double rate) -> writeTime(json, "pong", time, rate);
          case Feed feed -> write(json, feed);
          case MachineUpdate update -> write(json, update);
          case Presence presence -> write(json, presence);
          case Alert alert -> write(json, alert);
        }
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory failed", e);
      }
      return text.toString();
    }

    private static void writeTime(JsonGenerator json, String type, Instant time, double rate)
        throws IOException {
      json.writeStringField("type", type);
      json.writeNumberField("serverTime", BigDecimal.valueOf(time.toEpochMilli(), 3));
      json.writeNumberField("rate", rate);
    }

    private static void write(JsonGenerator json, Feed feed) throws IOException {
      json.writeStringField("type", "feed");
      json.writeStringField("status", feed.up() ? "up" : "down");
      json.writeNumberField("since", feed.since().getEpochSecond());
    }

    private static void write(JsonGenerator json, MachineUpdate update) throws IOException {
      json.writeStringField("type", "machine_update");
      json.writeStringField("machineId", update.machine().value());
      json.writeStringField("gymId", update.gym().value());
      json.writeStringField("category", update.category().value());
      json.writeStringField("status", update.status().wireName());
      json.writeNumberField("timestamp", update.timestamp().getEpochSecond());
      json.writeNumberField("lastChange", update.lastChange().getEpochSecond());
      if (update.reason().isPresent()) {
        json.writeStringField("reason", update.reason().get().wireName());
      }
    }

    private static void write(JsonGenerator json, Presence presence) throws IOException {
      json.writeStringField("type", "gateway_presence");
      json.writeStringField("gymId", presence.gateway().gym().value());
      json.writeStringField("gatewayId", presence.gateway().gateway().value());
      json.writeStringField("status", presence.online() ? "online" : "offline");
      json.writeNumberField("lastHeardAt", presence.lastHeardAt().getEpochSecond());
      json.writeNumberField("since", presence.since().getEpochSecond());
    }

    private static void write(JsonGenerator json, Alert alert) throws IOException {
      json.writeStringField("type", "alert");
      json.writeStringField("id", alert.id());
      json.writeStringField("kind", alert.kind());
      writeIfPresent(json, "machineId", alert.machine());
      writeIfPresent(json, "gymId", alert.gym());
      writeIfPresent(json, "category", alert.category());
      json.writeStringField("name", alert.name());
      json.writeNumberField("since", alert.since().getEpochSecond());
      json.writeStringField("correlationId", alert.correlationId());
      json.writeStringField("text", alert.text());
    }

    private static void writeIfPresent(JsonGenerator json, String field, Optional<?> id)
        throws IOException {
      if (id.isPresent()) {
        json.writeStringField(field, id.get().toString());
      }
    }
  }
}
