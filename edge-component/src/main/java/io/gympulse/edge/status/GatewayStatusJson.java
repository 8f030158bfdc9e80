package io.gympulse.edge.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Writes and reads a [GatewayStatus] as one JSON object, without line breaks.
///
/// ```json
/// {"gym": "downtown", "gateway": "downtown-gw", "at": "2026-03-01T18:00:00Z",
///  "sources": [{"source": "mqtt 127.0.0.1:1883", "status": "running"}],
///  "sensors": [{"sensor": "bike-1-seat", "machine": "bike-1", "source": "mqtt 127.0.0.1:1883",
///               "verdict": "free", "since": "2026-03-01T17:42:10Z", "read": 41, "ignored": 0,
///               "malformed": 0, "lastMessageAt": "2026-03-01T17:42:10Z", "lastValue": "false"}]}
/// ```
///
/// A failing source has a `reason`; a sensor has `reason` and `hints` only if there are any.
public final class GatewayStatusJson {
  private static final JsonTree JSON = JsonTree.standard();

  private GatewayStatusJson() {}

  public static String write(GatewayStatus status) {
    ObjectNode root = JsonTree.object();
    root.put("gym", status.address().gym().value());
    root.put("gateway", status.address().gateway().value());
    root.put("at", status.at().toString());
    ArrayNode sources = root.putArray("sources");
    for (Source it : status.sources()) {
      ObjectNode node = sources.addObject().put("source", it.name()).put("status", it.status());
      putText(node, "reason", it.reason());
    }
    ArrayNode sensors = root.putArray("sensors");
    status.sensors().forEach(it -> write(it, sensors.addObject()));
    return JsonTree.text(root);
  }

  private static void write(SensorStatus sensor, ObjectNode node) {
    node.put("sensor", sensor.sensor().value()).put("machine", sensor.machine().value());
    node.put("source", sensor.source()).put("verdict", sensor.verdict());
    node.put("since", sensor.since().toString());
    putText(node, "reason", sensor.reason());
    node.put("read", sensor.read()).put("ignored", sensor.ignored());
    node.put("malformed", sensor.malformed());
    sensor.lastMessageAt().ifPresent(it -> node.put("lastMessageAt", it.toString()));
    sensor.lastValue().ifPresent(it -> node.put("lastValue", it));
    if (!sensor.hints().isEmpty()) {
      sensor.hints().forEach(node.putArray("hints")::add);
    }
  }

  private static void putText(ObjectNode node, String key, String text) {
    if (!text.isEmpty()) {
      node.put(key, text);
    }
  }

  /// @throws IOException if the text is not a status
  public static GatewayStatus read(byte[] json) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    JsonCursor<IOException> root =
        JsonCursor.root(JSON.read(text), it -> new IOException("not a gateway's status: " + it));
    return new GatewayStatus(
        new GatewayAddress(
            root.field("gym").parse(GymId::new), root.field("gateway").parse(GatewayId::new)),
        root.field("at").parse(Instant::parse),
        root.field("sources").list(GatewayStatusJson::source),
        root.field("sensors").list(GatewayStatusJson::sensor));
  }

  private static Source source(JsonCursor<IOException> node) throws IOException {
    return new Source(
        node.field("source").text(), node.field("status").text(), text(node, "reason"));
  }

  private static SensorStatus sensor(JsonCursor<IOException> node) throws IOException {
    return new SensorStatus(
        node.field("sensor").parse(SensorId::new),
        node.field("machine").parse(MachineId::new),
        node.field("source").text(),
        node.field("verdict").text(),
        node.field("since").parse(Instant::parse),
        text(node, "reason"),
        node.field("read").integer(),
        node.field("ignored").integer(),
        node.field("malformed").integer(),
        node.optional("lastMessageAt", it -> it.parse(Instant::parse)),
        node.optional("lastValue", JsonCursor::text),
        node.optional("hints", it -> it.list(JsonCursor::text)).orElse(List.of()));
  }

  private static String text(JsonCursor<IOException> node, String key) throws IOException {
    return node.optional(key, JsonCursor::text).orElse("");
  }
}
