package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.util.List;

/// An action that [BatchSync] asks for. Actions are executed in order.
sealed interface SyncOutput {

  /// Results in [SyncInput.SnapshotFailed] if the snapshot cannot be built.
  record SendSnapshot() implements SyncOutput {}

  /// Reserve numbers up to this one. Results in [SyncInput.Reserved] once that is durable.
  record Reserve(Sequence last) implements SyncOutput {}

  /// Results in [SyncInput.Sent] or [SyncInput.NothingToSend] before any other input.
  record SendBatch(BatchPlan plan) implements SyncOutput {}

  /// Remove these events from the queue: the cloud has stored them.
  record Remove(List<SeqRange> ranges) implements SyncOutput {}

  /// Quarantine this event: the cloud has rejected it for good.
  record Quarantine(Sequence seq, String reason) implements SyncOutput {}
}
