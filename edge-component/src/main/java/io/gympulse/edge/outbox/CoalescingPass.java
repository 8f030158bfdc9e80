package io.gympulse.edge.outbox;

import io.gympulse.contract.id.Sequence;
import java.sql.SQLException;
import java.util.Optional;

/// Goes through the events that were never sent, the oldest first, a chunk at a time, for as long
/// as the outbox is crowded. A pass that has won nothing is repeated only when there are more.
///
/// @param cursor the last number looked at in this pass
/// @param won events coalesced in this pass
/// @param begunAt the last number with wall time when this pass began
/// @param fruitlessAt the same of the last pass that won nothing
record CoalescingPass(OutboxLimits limits, long cursor, long won, long begunAt, long fruitlessAt) {

  CoalescingPass(OutboxLimits limits) {
    this(limits, 0, 0, 0, -limits.chunk());
  }

  boolean due(Ledger ledger) {
    long waiting = ledger.counts().waiting();
    int worthwhile = limits.full(waiting) ? 1 : limits.chunk();
    return limits.crowded(waiting) && ledger.ready() >= fruitlessAt + worthwhile;
  }

  /// Coalesces the next chunk; returns how the pass goes on.
  CoalescingPass step(OutboxDatabase database) throws SQLException {
    Ledger before = database.ledger();
    long begun = cursor == 0 ? before.ready() : begunAt;
    Optional<Sequence> looked = database.coalesce(cursor, limits.chunk());
    long more = won + database.ledger().counts().coalesced() - before.counts().coalesced();
    if (looked.isPresent()) {
      return new CoalescingPass(limits, looked.get().value(), more, begun, fruitlessAt);
    }
    return new CoalescingPass(limits, 0, 0, 0, more == 0 ? begun : -limits.chunk());
  }
}
