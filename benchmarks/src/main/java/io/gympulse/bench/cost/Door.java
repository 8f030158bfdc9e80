package io.gympulse.bench.cost;

import java.time.Instant;

/// The way from the topic rules to ingest, and what it uses up.
interface Door {

  /// @param text what a rule passes on
  void put(int gym, String text);

  /// A second has passed.
  void tick(Instant now);

  /// How often ingest was invoked.
  long invocations();

  /// Payload units of a stream; 0 of a queue.
  long putUnits();

  /// Of a stream; 0 of a queue.
  int shards();
}
