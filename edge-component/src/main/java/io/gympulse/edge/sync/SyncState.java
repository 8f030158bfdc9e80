package io.gympulse.edge.sync;

import java.util.Optional;

/// Everything the sending side remembers. It survives no restart and need not: what matters waits
/// in the outbox.
///
/// @param recent which events are of the present
/// @param progress how far sending has come
/// @param planned a batch that is being put together
record SyncState(
    boolean connected, Recent recent, Progress progress, Pace pace, Optional<Plan> planned) {

  /// @param cursors what was sent
  /// @param deliveries what of it is not answered for
  record Progress(Cursors cursors, Deliveries deliveries) {}

  /// @param recorded the last sequence number in the outbox
  static SyncState offline(SyncSettings settings, long recorded, long now) {
    return new SyncState(
        false,
        Recent.none(recorded),
        new Progress(Cursors.NONE, Deliveries.NONE),
        Pace.fresh(settings, now),
        Optional.empty());
  }

  Cursors cursors() {
    return progress.cursors();
  }

  Deliveries deliveries() {
    return progress.deliveries();
  }

  /// @param connected whether the uplink is there; what was on its way before is to be sent anew
  SyncState link(boolean connected) {
    return new SyncState(
        connected, recent, new Progress(cursors(), Deliveries.NONE), pace, Optional.empty());
  }

  SyncState with(Recent changed) {
    return new SyncState(connected, changed, progress, pace, planned);
  }

  SyncState with(Cursors changed) {
    return new SyncState(connected, recent, new Progress(changed, deliveries()), pace, planned);
  }

  SyncState with(Deliveries changed) {
    return new SyncState(connected, recent, new Progress(cursors(), changed), pace, planned);
  }

  SyncState with(Pace changed) {
    return new SyncState(connected, recent, progress, changed, planned);
  }

  SyncState planning(Plan plan) {
    return new SyncState(connected, recent, progress, pace, Optional.of(plan));
  }

  /// Something that was to be done was not: events of a planned batch are where they were before,
  /// and what is not reserved is to be asked for again.
  SyncState failed(long now) {
    Deliveries before =
        planned.map(it -> deliveries().givenBack(it, it.range(), now)).orElse(deliveries());
    return planDone().with(before).with(cursors().notAsked());
  }

  SyncState planDone() {
    return new SyncState(connected, recent, progress, pace, Optional.empty());
  }
}
