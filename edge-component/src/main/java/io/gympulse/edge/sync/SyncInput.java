package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.RejectedRange;
import java.util.List;

/// What can happen to the sending side.
sealed interface SyncInput {

  /// The uplink is there (again).
  ///
  /// @param tail the last sequence number in the outbox
  record Connected(long tail) implements SyncInput {}

  record Disconnected() implements SyncInput {}

  /// Events up to this sequence number are durable.
  record Appended(long tail) implements SyncInput {}

  /// The cloud answered, for this outbox.
  record Answered(List<SeqRange> stored, List<RejectedRange> rejected) implements SyncInput {}

  /// The planned batch was handed to the uplink.
  ///
  /// @param range from its first to its last event
  record Sent(Plan plan, SeqRange range, int bytes) implements SyncInput {}

  /// None of the planned events waits any more.
  record NothingToSend(Plan plan) implements SyncInput {}

  record Tick() implements SyncInput {}
}
