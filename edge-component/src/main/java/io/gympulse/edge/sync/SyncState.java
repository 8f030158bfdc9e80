package io.gympulse.edge.sync;

import java.util.Optional;

/// Everything the sending side remembers. It survives no restart and need not: what matters waits
/// in the outbox.
///
/// @param planned a batch that is being put together
record SyncState(
    boolean connected, Cursors cursors, Deliveries deliveries, Pace pace, Optional<Plan> planned) {

  static SyncState offline(long now) {
    return new SyncState(
        false,
        Cursors.at(0),
        Deliveries.NONE,
        new Pace(new TokenBucket(SyncSettings.BURST, now), 0, now),
        Optional.empty());
  }

  SyncState with(Cursors changed) {
    return new SyncState(connected, changed, deliveries, pace, planned);
  }

  SyncState with(Deliveries changed) {
    return new SyncState(connected, cursors, changed, pace, planned);
  }

  SyncState with(Pace changed) {
    return new SyncState(connected, cursors, deliveries, changed, planned);
  }

  SyncState planning(Plan plan) {
    return new SyncState(connected, cursors, deliveries, pace, Optional.of(plan));
  }

  /// The planned batch could not be put together: its events are where they were before.
  SyncState planFailed() {
    Deliveries before =
        planned
            .filter(it -> it.source() == Plan.Source.REPEAT)
            .map(it -> deliveries.repeating(it.range(), it.kind(), it.attempts()))
            .orElse(deliveries);
    return planDone().with(before);
  }

  SyncState planDone() {
    return new SyncState(connected, cursors, deliveries, pace, Optional.empty());
  }
}
