package io.gympulse.bench.ingest.naive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.bench.ingest.naive.Tables.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One invocation per event: two reads, four unconditional writes, a query and the invocation of
/// the function that broadcasts updates. A status that equals the stored one costs one read only.
///
/// It does less than the product: nothing is acknowledged, repeated messages count twice, and
/// late events overwrite the current state.
public final class NaiveIngest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONLY = "-";
  private static final long BIN_SECONDS = 900;

  private final Tables tables;
  private final Consumer<byte[]> broadcast;

  /// @param broadcast the function that sends updates to clients
  public NaiveIngest(Tables tables, Consumer<byte[]> broadcast) {
    this.tables = tables;
    this.broadcast = broadcast;
  }

  /// @param message `{"machineId","gymId","category","status","timestamp"}`, epoch seconds
  public void handle(String message) {
    try {
      handle(JSON.readTree(message));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a status message", e);
    }
  }

  private void handle(JsonNode message) throws JsonProcessingException {
    String machine = message.path("machineId").asText();
    String status = message.path("status").asText();
    String time = message.path("timestamp").asText();
    Optional<Map<String, String>> known = tables.get(Table.CURRENT_STATE, machine, ONLY);
    String before = known.map(it -> it.getOrDefault("status", "")).orElse("");
    if (before.equals(status)) {
      return;
    }
    String gym = message.path("gymId").asText();
    Map<String, String> state =
        Map.of("gymId", gym, "status", status, "timestamp", time, "before", before);
    tables.put(Table.EVENTS, machine, time, state);
    tables.put(Table.CURRENT_STATE, machine, ONLY, state);
    aggregate(gym + "#" + message.path("category").asText(), time, status);
    tables.put(Table.GATEWAYS, gym, ONLY, Map.of("lastSeen", time));
    List<Map<String, String>> alerts = tables.query(Table.ALERTS, machine);
    notifyClients(machine, status, time, alerts.size());
  }

  private void aggregate(String category, String time, String status) {
    long second = Long.parseLong(time);
    String bin = Long.toString(second - second % BIN_SECONDS);
    Map<String, String> counted = tables.get(Table.AGGREGATES, category, bin).orElse(Map.of());
    long occupied = Long.parseLong(counted.getOrDefault("occupied", "0"));
    long free = Long.parseLong(counted.getOrDefault("free", "0"));
    boolean busy = status.equals("occupied");
    tables.put(
        Table.AGGREGATES,
        category,
        bin,
        Map.of(
            "occupied", Long.toString(busy ? occupied + 1 : occupied),
            "free", Long.toString(busy ? free : free + 1)));
  }

  private void notifyClients(String machine, String status, String time, int alerts)
      throws JsonProcessingException {
    ObjectNode update = JSON.createObjectNode();
    update.put("type", "machine_update").put("machineId", machine).put("status", status);
    update.put("timestamp", time).put("alerts", alerts);
    broadcast.accept(JSON.writeValueAsString(update).getBytes(StandardCharsets.UTF_8));
  }
}
