package io.gympulse.edge.outbox;

import io.gympulse.contract.id.Sequence;
import java.sql.SQLException;
import java.util.Optional;

/// Goes through the events that were never sent, the oldest first, a chunk at a time, for as long
/// as the outbox is crowded. A pass that has won nothing is not repeated before there is more.
final class CoalescingPass {
  private final OutboxLimits limits;
  private long cursor;
  private long won;
  private long fruitlessUpTo = -1;

  CoalescingPass(OutboxLimits limits) {
    this.limits = limits;
  }

  CoalescingPass copy() {
    CoalescingPass copy = new CoalescingPass(limits);
    copy.restore(this);
    return copy;
  }

  void restore(CoalescingPass other) {
    cursor = other.cursor;
    won = other.won;
    fruitlessUpTo = other.fruitlessUpTo;
  }

  boolean due(Ledger ledger) {
    return limits.crowded(ledger.counts().waiting())
        && ledger.counts().recorded() >= fruitlessUpTo + limits.chunk();
  }

  /// There may be more to coalesce than there was.
  void retry() {
    fruitlessUpTo = -limits.chunk();
  }

  void step(OutboxDatabase database) throws SQLException {
    long before = database.ledger().counts().coalesced();
    Optional<Sequence> looked = database.coalesce(cursor, limits.chunk());
    won += database.ledger().counts().coalesced() - before;
    if (looked.isPresent()) {
      cursor = looked.get().value();
      return;
    }
    if (won == 0) {
      fruitlessUpTo = database.ledger().counts().recorded();
    }
    cursor = 0;
    won = 0;
  }
}
