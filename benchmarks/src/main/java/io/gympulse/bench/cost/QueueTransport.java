package io.gympulse.bench.cost;

import io.gympulse.bench.ingest.Traffic;
import io.gympulse.cloud.ingest.IngestHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A standard SQS queue.
final class QueueTransport implements IngestTransport {
  private final IngestHandler handler;
  private final int batchSize;
  private final List<String> waiting = new ArrayList<>();
  private long invocations;

  /// @param batchSize messages per invocation: 1 for rare messages, since a queue without a
  ///     batching window delivers each immediately
  QueueTransport(IngestHandler handler, int batchSize) {
    this.handler = handler;
    this.batchSize = batchSize;
  }

  @Override
  public void put(int gym, String text) {
    waiting.add(text);
    if (waiting.size() == batchSize) {
      deliver();
    }
  }

  @Override
  public void tick(Instant now) {
    if (!waiting.isEmpty()) {
      deliver();
    }
  }

  private void deliver() {
    Traffic.deliver(handler, waiting);
    waiting.clear();
    invocations++;
  }

  @Override
  public long invocations() {
    return invocations;
  }

  @Override
  public long putUnits() {
    return 0;
  }

  @Override
  public int shards() {
    return 0;
  }
}
