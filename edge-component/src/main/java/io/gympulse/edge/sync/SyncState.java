package io.gympulse.edge.sync;

import io.gympulse.edge.sync.Cursors.RecentEvents;
import java.util.Optional;

/// The state of [BatchSync]. It is in memory only: after a restart, the outbox has everything that
/// is needed.
///
/// @param planned a batch that is being built
record SyncState(
    boolean connected,
    RecentEvents recent,
    Progress progress,
    Pacing pacing,
    Optional<BatchPlan> planned) {

  /// @param cursors what was sent
  /// @param pending what of it is neither stored nor quarantined
  record Progress(Cursors cursors, PendingBatches pending) {}

  /// @param recorded the last sequence number in the outbox
  static SyncState offline(SyncSettings settings, long recorded, long now) {
    return new SyncState(
        false,
        RecentEvents.none(recorded),
        new Progress(Cursors.NONE, PendingBatches.NONE),
        Pacing.initial(settings, now),
        Optional.empty());
  }

  Cursors cursors() {
    return progress.cursors();
  }

  PendingBatches pending() {
    return progress.pending();
  }

  /// Drops what was in flight: after a reconnect, all waiting events are sent anew.
  SyncState withLink(boolean isConnected) {
    return new SyncState(
        isConnected,
        recent,
        new Progress(cursors(), PendingBatches.NONE),
        pacing,
        Optional.empty());
  }

  SyncState with(RecentEvents changed) {
    return new SyncState(connected, changed, progress, pacing, planned);
  }

  SyncState with(Cursors changed) {
    return new SyncState(connected, recent, new Progress(changed, pending()), pacing, planned);
  }

  SyncState with(PendingBatches changed) {
    return new SyncState(connected, recent, new Progress(cursors(), changed), pacing, planned);
  }

  SyncState with(Pacing changed) {
    return new SyncState(connected, recent, progress, changed, planned);
  }

  SyncState withPlan(BatchPlan plan) {
    return new SyncState(connected, recent, progress, pacing, Optional.of(plan));
  }

  SyncState withoutPlan() {
    return new SyncState(connected, recent, progress, pacing, Optional.empty());
  }

  /// After an action that failed: events of a planned batch return to where they came from, and a
  /// reservation that was not granted is requested again.
  SyncState failed(long now) {
    PendingBatches before =
        planned.map(it -> pending().returned(it, it.range(), now)).orElse(pending());
    return withoutPlan().with(before).with(cursors().reservationFailed());
  }
}
