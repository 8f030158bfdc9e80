package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.RejectedRange;
import java.util.List;

/// What can happen to the sending side.
sealed interface SyncInput {

  /// The uplink is there (again).
  ///
  /// @param recorded the last sequence number in the outbox
  /// @param ready the last one that can be sent
  record Connected(long recorded, long ready) implements SyncInput {}

  record Disconnected() implements SyncInput {}

  /// More is durable, or can be sent, than before.
  ///
  /// @param recorded the last sequence number in the outbox
  /// @param ready the last one that can be sent
  record Appended(long recorded, long ready) implements SyncInput {}

  /// Events up to this one may be sent.
  record Reserved(long last) implements SyncInput {}

  /// The cloud answered, for this outbox.
  record Answered(List<SeqRange> stored, List<RejectedRange> rejected) implements SyncInput {}

  /// The planned batch was handed to the uplink.
  ///
  /// @param range from its first to its last event
  /// @param standsFor what the cloud's answer will be about
  record Sent(Plan plan, SeqRange range, SeqRange standsFor, int bytes) implements SyncInput {}

  /// None of the planned events waits any more.
  record NothingToSend(Plan plan) implements SyncInput {}

  /// The snapshot that was to be sent could not be taken.
  record SnapshotFailed() implements SyncInput {}

  record Tick() implements SyncInput {}
}
