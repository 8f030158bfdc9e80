package io.gympulse.edge.outbox;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A call that waits for the writer thread, with the future it will complete.
sealed interface Write {
  CompletableFuture<?> done();

  record Append(Occurrence occurrence, CompletableFuture<Sequence> done) implements Write {}

  record MarkAlive(Stamp at, CompletableFuture<Void> done) implements Write {}

  record Reserve(Sequence last, CompletableFuture<Void> done) implements Write {}

  record Acknowledge(List<SeqRange> ranges, CompletableFuture<Void> done) implements Write {}

  record Quarantine(Sequence seq, String reason, CompletableFuture<Void> done) implements Write {}

  record Release(List<SeqRange> ranges, CompletableFuture<Long> done) implements Write {}

  record Synchronised(BootId boot, Instant bootedAt, CompletableFuture<Long> done)
      implements Write {}

  record Keep(String name, ByteBuffer document, CompletableFuture<Void> done) implements Write {}

  /// Ends the writer thread.
  record Stop(CompletableFuture<Void> done) implements Write {}
}
