package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Delivery;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import io.gympulse.contract.message.GatewayHealth.Software;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Version 1 of a gateway's health, times in epoch milliseconds. A sensor is a row `[sensor,
/// machine, verdict, since, read, ignored, malformed, reason, lastMessageAt?]`.
///
/// In a shadow an update is merged into what is there: an unknown value is written as null, which
/// removes an earlier one, and both null and absent are read as unknown. An array replaces an array
/// as a whole, and must not hold null.
public final class GatewayHealthCodec {
  /// The most that [#encode] returns; a named shadow's state may have 8 KB (8,192 bytes).
  public static final int MAX_BYTES = 7_680;

  private static final int VERSION = 1;
  private static final int MAX_SENSORS = 200;

  private GatewayHealthCodec() {}

  /// Lists as many sensors as have room, the first ones first, and counts the others as omitted.
  public static byte[] encode(GatewayHealth health) {
    return JsonTree.bytes(tree(health));
  }

  /// An update of a shadow that reports this health.
  public static byte[] shadowUpdate(GatewayHealth health) {
    ObjectNode update = JsonTree.object();
    update.putObject("state").set("reported", tree(health));
    return JsonTree.bytes(update);
  }

  private static ObjectNode tree(GatewayHealth health) {
    ObjectNode body = MessageJson.body(VERSION, health.from());
    body.put("sentAt", health.sentAt().toEpochMilli());
    write(health.delivery(), body);
    write(health.device(), body);
    write(health.storage(), body);
    write(health.software(), body);
    write(health.sensors(), body);
    return body;
  }

  private static void write(Delivery it, ObjectNode body) {
    body.put("outboxDepth", it.outboxDepth());
    body.put("quarantined", it.quarantined());
    body.put("oldestUnacknowledgedSeconds", it.oldestUnacknowledgedSeconds().orElse(null));
    body.put("lastAcknowledgedAt", it.lastAcknowledgedAt().map(Instant::toEpochMilli).orElse(null));
    body.put("connections", it.connections());
  }

  private static void write(Device it, ObjectNode body) {
    body.put("clockSynchronised", it.clockSynchronised());
    body.put("cpuTemperatureCelsius", it.cpuTemperatureCelsius().orElse(null));
    write("throttled", it.throttling().map(Throttling::now), body);
    write("throttledSinceBoot", it.throttling().map(Throttling::sinceBoot), body);
    body.put("residentBytes", it.residentBytes().orElse(null));
    body.put("heapUsedBytes", it.heapUsedBytes().orElse(null));
  }

  private static void write(String key, Optional<Set<ThrottlingCause>> causes, ObjectNode body) {
    if (causes.isEmpty()) {
      body.putNull(key);
      return;
    }
    ArrayNode names = body.putArray(key);
    causes.get().stream().sorted().forEach(it -> names.add(it.wireName()));
  }

  private static void write(Storage it, ObjectNode body) {
    body.put("diskFreeBytes", it.diskFreeBytes().orElse(null));
    body.put("diskTotalBytes", it.diskTotalBytes().orElse(null));
    body.put("writtenBytesPerDay", it.writtenBytesPerDay().orElse(null));
    body.put("syncsPerDay", it.syncsPerDay().orElse(null));
    body.put("cardLifeYears", it.cardLifeYears().orElse(null));
  }

  private static void write(Software it, ObjectNode body) {
    body.put("gatewayVersion", it.gateway()).put("javaVersion", it.java());
    body.put("osVersion", it.os());
    body.put("boots", it.boots()).put("upSeconds", it.upSeconds());
  }

  /// The counts are an array of pairs: a merged object would keep verdicts that no sensor has now.
  private static void write(Sensors sensors, ObjectNode body) {
    ArrayNode counts = body.putArray("sensorVerdicts");
    sensors.verdicts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> counts.addArray().add(it.getKey()).add(it.getValue()));
    body.put("sensorsOmitted", Integer.MAX_VALUE);
    ArrayNode rows = body.putArray("sensors");
    int room = MAX_BYTES - JsonTree.bytes(body).length;
    for (SensorHealth sensor : sensors.listed()) {
      ArrayNode row = row(sensor);
      room -= JsonTree.bytes(row).length + 1;
      if (room < 0 || rows.size() == MAX_SENSORS) {
        break;
      }
      rows.add(row);
    }
    long omitted = (long) sensors.omitted() + sensors.listed().size() - rows.size();
    body.put("sensorsOmitted", (int) Math.min(omitted, Integer.MAX_VALUE));
  }

  private static ArrayNode row(SensorHealth sensor) {
    ArrayNode row = JsonTree.object().putArray("row");
    row.add(sensor.sensor().value()).add(sensor.machine().value());
    row.add(sensor.verdict()).add(sensor.since().toEpochMilli());
    row.add(sensor.counts().read());
    row.add(sensor.counts().ignored()).add(sensor.counts().malformed());
    row.add(sensor.reason());
    sensor.lastMessageAt().ifPresent(it -> row.add(it.toEpochMilli()));
    return row;
  }

  public static DecodeResult<GatewayHealth> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  /// A body whose sensors would not all have room in [#encode] is rejected as too large.
  public static DecodeResult<GatewayHealth> decode(JsonNode body) {
    return MessageJson.read(body, GatewayHealthCodec::read);
  }

  private static GatewayHealth read(JsonCursor<InvalidBody> body) {
    MessageJson.requireVersion(body, VERSION);
    GatewayHealth health =
        body.checked(
            () ->
                new GatewayHealth(
                    MessageJson.address(body),
                    MessageJson.millis(body.field("sentAt")),
                    delivery(body),
                    device(body),
                    storage(body),
                    software(body),
                    sensors(body)));
    ObjectNode written = tree(health);
    if (written.get("sensors").size() < health.sensors().listed().size()) {
      throw body.field("sensors").tooLarge("the limit of the whole is " + MAX_BYTES + " bytes");
    }
    return health;
  }

  private static Delivery delivery(JsonCursor<InvalidBody> body) {
    return new Delivery(
        body.field("outboxDepth").integer(),
        body.field("quarantined").integer(),
        body.optional("oldestUnacknowledgedSeconds", JsonCursor::integer),
        body.optional("lastAcknowledgedAt", MessageJson::millis),
        body.field("connections").integer());
  }

  private static Device device(JsonCursor<InvalidBody> body) {
    return new Device(
        body.field("clockSynchronised").bool(),
        body.optional("cpuTemperatureCelsius", JsonCursor::number),
        body.optional("throttled", GatewayHealthCodec::causes)
            .map(
                now ->
                    new Throttling(
                        now,
                        body.optional("throttledSinceBoot", GatewayHealthCodec::causes)
                            .orElse(Set.of()))),
        body.optional("residentBytes", JsonCursor::integer),
        body.optional("heapUsedBytes", JsonCursor::integer));
  }

  private static Set<ThrottlingCause> causes(JsonCursor<InvalidBody> names) {
    return Set.copyOf(
        names.list(
            ThrottlingCause.values().length,
            it -> it.named(ThrottlingCause::ofWireName, "the known causes")));
  }

  private static Storage storage(JsonCursor<InvalidBody> body) {
    return new Storage(
        body.optional("diskFreeBytes", JsonCursor::integer),
        body.optional("diskTotalBytes", JsonCursor::integer),
        body.optional("writtenBytesPerDay", JsonCursor::integer),
        body.optional("syncsPerDay", JsonCursor::integer),
        body.optional("cardLifeYears", JsonCursor::number));
  }

  private static Software software(JsonCursor<InvalidBody> body) {
    return new Software(
        body.field("gatewayVersion").text(),
        body.field("javaVersion").text(),
        body.field("osVersion").text(),
        body.field("boots").integer(),
        body.field("upSeconds").integer());
  }

  private static Sensors sensors(JsonCursor<InvalidBody> body) {
    Map<String, Integer> verdicts = new HashMap<>();
    for (Verdict it : body.field("sensorVerdicts").list(MAX_SENSORS, GatewayHealthCodec::verdict)) {
      verdicts.put(it.name(), it.sensors());
    }
    List<SensorHealth> listed =
        body.field("sensors").list(MAX_SENSORS, it -> sensor(it.array(8, 9)));
    return new Sensors(
        verdicts, listed, body.field("sensorsOmitted").integer(0, Integer.MAX_VALUE));
  }

  private record Verdict(String name, int sensors) {}

  private static Verdict verdict(JsonCursor<InvalidBody> pair) {
    pair.array(2, 2);
    return new Verdict(pair.element(0).text(), pair.element(1).integer(0, Integer.MAX_VALUE));
  }

  private static SensorHealth sensor(JsonCursor<InvalidBody> row) {
    Optional<Instant> lastMessageAt =
        row.size() < 9 ? Optional.empty() : Optional.of(MessageJson.millis(row.element(8)));
    return row.checked(
        () ->
            new SensorHealth(
                row.element(0).parse(SensorId::new),
                row.element(1).parse(MachineId::new),
                row.element(2).text(),
                MessageJson.millis(row.element(3)),
                row.element(7).text(),
                new SensorHealth.Counts(
                    row.element(4).integer(), row.element(5).integer(), row.element(6).integer()),
                lastMessageAt));
  }
}
