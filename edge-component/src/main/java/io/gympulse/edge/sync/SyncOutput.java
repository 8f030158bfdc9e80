package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.util.List;

/// What is to be done next, in order.
sealed interface SyncOutput {

  /// To be answered by [SyncInput.SnapshotFailed] if it cannot be taken.
  record SendSnapshot() implements SyncOutput {}

  /// Numbers up to this one are to be reserved; to be answered by [SyncInput.Reserved] once that is
  /// durable.
  record Reserve(Sequence last) implements SyncOutput {}

  /// To be answered by [SyncInput.Sent] or [SyncInput.NothingToSend] before anything else.
  record SendBatch(Plan plan) implements SyncOutput {}

  /// The cloud has these events.
  record Remove(List<SeqRange> ranges) implements SyncOutput {}

  /// The cloud will never take this event.
  record Quarantine(Sequence seq, String reason) implements SyncOutput {}
}
