package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.dispatch.DueWork;
import io.gympulse.cloud.state.connection.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Removes connections that expired, once in a while: nobody sends to them, so it only keeps the
/// store small, and it may cost a look at all of them. Safe for any number of threads.
public final class ConnectionPruning implements DueWork {
  static final Duration PAUSE = Duration.ofMinutes(15);

  private final Connections connections;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
  private final LongAdder pruned = new LongAdder();

  public ConnectionPruning(Connections connections) {
    this.connections = connections;
  }

  /// Connections removed since the process started.
  public long pruned() {
    return pruned.sum();
  }

  @Override
  public String name() {
    return "connections";
  }

  /// Does nothing if it was done less than a pause ago.
  @Override
  public void onSchedule(Instant now) {
    if (!now.isBefore(next.get())) {
      pruned.add(connections.prune(now));
      next.set(now.plus(PAUSE));
    }
  }
}
