package io.gympulse.cloud.core.broadcast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gympulse.cloud.core.broadcast.StreamMessage.Alert;
import io.gympulse.cloud.core.broadcast.StreamMessage.Feed;
import io.gympulse.cloud.core.broadcast.StreamMessage.Hello;
import io.gympulse.cloud.core.broadcast.StreamMessage.MachineUpdate;
import io.gympulse.cloud.core.broadcast.StreamMessage.Pong;
import io.gympulse.cloud.core.broadcast.StreamMessage.Presence;
import io.gympulse.cloud.core.broadcast.StreamMessage.Tick;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// A stream message as one JSON object. All times are epoch seconds (REST uses ISO-8601);
/// `serverTime` has milliseconds. Receivers ignore unknown types and fields.
public final class StreamCodec {
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
