package io.gympulse.bench.cost;

import java.time.Instant;

/// Transports messages from the topic rules to ingest, and counts the billed units.
interface IngestTransport {

  /// @param text of a message as the topic rule forwards it
  void put(int gym, String text);

  /// To be called each second.
  void tick(Instant now);

  /// The number of ingest invocations.
  long invocations();

  /// Payload units of a stream; 0 of a queue.
  long putUnits();

  /// Of a stream; 0 of a queue.
  int shards();
}
