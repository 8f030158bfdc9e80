package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.process.RateLimitedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/// Passes transitions to the sink in order. If the sink throws, the transition is retried with the
/// next transition or tick. For one thread.
final class TransitionWriter {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final OccupancyLoop.TransitionSink sink;
  private final RateLimitedLog failures;
  private final Queue<MachineState> pending = new ArrayDeque<>();
  private CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);

  /// @param nanos monotonic time
  TransitionWriter(OccupancyLoop.TransitionSink sink, LongSupplier nanos) {
    this.sink = sink;
    this.failures =
        RateLimitedLog.onePer(LOG_INTERVAL, LoggerFactory.getLogger(TransitionWriter.class), nanos);
  }

  void add(MachineState transition) {
    pending.add(transition);
    flush();
  }

  /// Whether everything added so far is durable.
  boolean isDurable() {
    flush();
    return pending.isEmpty() && recorded.isDone() && !recorded.isCompletedExceptionally();
  }

  private void flush() {
    try {
      for (MachineState next = pending.peek(); next != null; next = pending.peek()) {
        recorded = CompletableFuture.allOf(recorded, sink.record(next));
        pending.remove();
      }
    } catch (RuntimeException e) {
      failures.error(
          "sink", e, "{} transitions could not be recorded and are retried", pending.size());
    }
  }
}
