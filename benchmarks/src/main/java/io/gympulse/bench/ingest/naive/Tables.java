package io.gympulse.bench.ingest.naive;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables of items under a partition key and a sort key, as DynamoDB has them. A write is
/// unconditional, and durable when it returns if anything is in this store.
public interface Tables extends AutoCloseable {
  /// What the naive ingest keeps. Where there is no sort key it is the same in every item.
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
}
