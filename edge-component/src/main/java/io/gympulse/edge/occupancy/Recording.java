package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.edge.sensing.Complaints;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands transitions to the sink, in order and each until the sink has taken it: one that throws is
/// asked again with the next transition or tick. For one thread.
final class Recording {
  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

  private final TransitionSink sink;
  private final Complaints refusals;
  private final Queue<MachineState> notTaken = new ArrayDeque<>();
  private CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);

  /// @param refusals says when a refusal is worth a line in the log
  Recording(TransitionSink sink, Complaints refusals) {
    this.sink = sink;
    this.refusals = refusals;
  }

  void add(MachineState transition) {
    notTaken.add(transition);
    handOver();
  }

  /// Whether everything added so far is durable.
  boolean isDurable() {
    handOver();
    return notTaken.isEmpty() && recorded.isDone() && !recorded.isCompletedExceptionally();
  }

  private void handOver() {
    try {
      for (MachineState next = notTaken.peek(); next != null; next = notTaken.peek()) {
        recorded = CompletableFuture.allOf(recorded, sink.record(next));
        notTaken.remove();
      }
    } catch (RuntimeException e) {
      if (refusals.add()) {
        LOG.error("{} transitions could not be recorded; they are tried again", notTaken.size(), e);
      }
    }
  }
}
