package io.gympulse.edge.outbox;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A call that waits for the writer thread, with the future it will complete.
sealed interface Write {
  CompletableFuture<?> done();

  record Append(Occurrence occurrence, CompletableFuture<Sequence> done) implements Write {}

  record Acknowledge(List<SeqRange> ranges, CompletableFuture<Void> done) implements Write {}

  record Quarantine(Sequence seq, String reason, CompletableFuture<Void> done) implements Write {}

  record MarkAlive(Instant at, CompletableFuture<Void> done) implements Write {}

  /// Ends the writer thread.
  record Stop(CompletableFuture<Void> done) implements Write {}
}
