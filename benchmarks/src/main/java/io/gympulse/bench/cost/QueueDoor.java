package io.gympulse.bench.cost;

import io.gympulse.bench.ingest.Traffic;
import io.gympulse.cloud.ingest.IngestHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A standard queue.
final class QueueDoor implements Door {
  private final IngestHandler handler;
  private final int atOnce;
  private final List<String> waiting = new ArrayList<>();
  private long invocations;

  /// @param atOnce how many messages an invocation gets: 1 where they come seldom, since a queue
  ///     that is not asked to wait hands each over as it comes
  QueueDoor(IngestHandler handler, int atOnce) {
    this.handler = handler;
    this.atOnce = atOnce;
  }

  @Override
  public void put(int gym, String text) {
    waiting.add(text);
    if (waiting.size() == atOnce) {
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
