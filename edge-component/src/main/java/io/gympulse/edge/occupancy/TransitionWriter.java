package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.edge.log.RateLimitedLog;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/// Passes transitions to the sink in order. If the sink throws, the transition is retried with the
/// next transition or tick. For one thread.
final class TransitionWriter {
  private final OccupancyLoop.TransitionSink sink;
  private final RateLimitedLog failures;
  private final Queue<MachineState> pending = new ArrayDeque<>();
  private CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);

  TransitionWriter(OccupancyLoop.TransitionSink sink, InstantSource clock) {
    this.sink = sink;
    this.failures = new RateLimitedLog(LoggerFactory.getLogger(TransitionWriter.class), clock);
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
          () -> "%d transitions could not be recorded and are retried".formatted(pending.size()),
          e);
    }
  }
}
