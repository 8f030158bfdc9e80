package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import java.util.List;

/// An event that [BatchSync] reacts to.
sealed interface SyncInput {

  /// The uplink is connected (again).
  ///
  /// @param recorded the last sequence number in the outbox
  /// @param lastReady the last one that can be sent
  record Connected(long recorded, long lastReady) implements SyncInput {}

  record Disconnected() implements SyncInput {}

  /// More events are durable, or can be sent, than before.
  ///
  /// @param recorded the last sequence number in the outbox
  /// @param lastReady the last one that can be sent
  record Appended(long recorded, long lastReady) implements SyncInput {}

  /// Events up to this one may be sent.
  record Reserved(long last) implements SyncInput {}

  /// The cloud's acknowledgement for this outbox.
  record Acknowledged(List<SeqRange> stored, List<RejectedRange> rejected) implements SyncInput {}

  /// The planned batch was handed to the uplink.
  ///
  /// @param range from its first to its last event
  /// @param standsFor the range that the cloud will acknowledge
  record Sent(BatchPlan plan, SeqRange range, SeqRange standsFor, int bytes) implements SyncInput {}

  /// None of the planned events is waiting any more.
  record NothingToSend(BatchPlan plan) implements SyncInput {}

  /// The snapshot could not be built.
  record SnapshotFailed() implements SyncInput {}

  record Tick() implements SyncInput {}
}
