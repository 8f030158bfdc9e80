package io.gympulse.bench.ingest.naive;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tables of items by partition key and sort key, as in DynamoDB. Writes are unconditional, and
/// durable on return if the store is durable.
public interface Tables extends AutoCloseable {
  /// The tables of the naive ingest. Tables without a sort key have a constant one.
  enum Table {
    CURRENT_STATE,
    EVENTS,
    AGGREGATES,
    GATEWAYS,
    ALERTS
  }

  Optional<Map<String, String>> get(Table table, String partition, String sort);

  void put(Table table, String partition, String sort, Map<String, String> item);

  /// Everything in a partition.
  List<Map<String, String>> query(Table table, String partition);

  @Override
  void close();

  /// Tables in memory.
  final class InMemory implements Tables {
    private final Map<Table, Map<String, Map<String, Map<String, String>>>> tables =
        new EnumMap<>(Table.class);

    private Map<String, Map<String, String>> partition(Table table, String partition) {
      return tables
          .computeIfAbsent(table, _ -> new HashMap<>())
          .computeIfAbsent(partition, _ -> new TreeMap<>());
    }

    @Override
    public Optional<Map<String, String>> get(Table table, String partition, String sort) {
      return Optional.ofNullable(partition(table, partition).get(sort));
    }

    @Override
    public void put(Table table, String partition, String sort, Map<String, String> item) {
      partition(table, partition).put(sort, item);
    }

    @Override
    public List<Map<String, String>> query(Table table, String partition) {
      return List.copyOf(partition(table, partition).values());
    }

    @Override
    public void close() {}
  }
}
