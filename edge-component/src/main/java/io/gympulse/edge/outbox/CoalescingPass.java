package io.gympulse.edge.outbox;

import io.gympulse.contract.id.Sequence;
import java.sql.SQLException;
import java.util.Optional;

/// Progress of coalescing the events that were never sent, from the oldest on, a chunk at a time,
/// for as long as the outbox is nearly full. A pass that coalesced nothing is repeated only once
/// there are more events.
///
/// @param cursor the last number read in this pass
/// @param coalesced events coalesced in this pass
/// @param startedAt the last number with wall time when this pass started
/// @param fruitlessAt the same of the last pass that coalesced nothing
record CoalescingPass(
    OutboxSettings.Limits limits, long cursor, long coalesced, long startedAt, long fruitlessAt) {

  CoalescingPass(OutboxSettings.Limits limits) {
    this(limits, 0, 0, 0, -limits.chunk());
  }

  boolean isDue(OutboxMetadata metadata) {
    long waiting = metadata.counts().waiting();
    int worthwhile = limits.isFull(waiting) ? 1 : limits.chunk();
    return limits.isNearlyFull(waiting) && metadata.lastReady() >= fruitlessAt + worthwhile;
  }

  /// Coalesces the next chunk; returns the progress.
  CoalescingPass step(OutboxDatabase database) throws SQLException {
    OutboxMetadata before = database.metadata();
    long started = cursor == 0 ? before.lastReady() : startedAt;
    Optional<Sequence> read = database.coalesce(cursor, limits.chunk());
    long total = coalesced + database.metadata().counts().coalesced() - before.counts().coalesced();
    if (read.isPresent()) {
      return new CoalescingPass(limits, read.get().value(), total, started, fruitlessAt);
    }
    return new CoalescingPass(limits, 0, 0, 0, total == 0 ? started : -limits.chunk());
  }
}
