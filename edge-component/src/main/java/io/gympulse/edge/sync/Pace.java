package io.gympulse.edge.sync;

/// When how much may be sent.
///
/// @param liveTurns how many live batches went out since the backlog had its turn
/// @param liveAt when the last live batch was sent, in monotonic nanoseconds
record Pace(Rate rate, int liveTurns, long liveAt, Snapshots snapshots, BatchSize size) {

  static Pace fresh(SyncSettings settings, long now) {
    return new Pace(
        Rate.full(settings, now),
        0,
        now - SyncSettings.LINGER_NANOS,
        Snapshots.fresh(now),
        BatchSize.FIRST);
  }

  Pace refilled(long now) {
    return new Pace(rate.refilled(now), liveTurns, liveAt, snapshots, size);
  }

  Pace sent(int bytes) {
    return new Pace(rate.sent(bytes), 0, liveAt, snapshots, size);
  }

  Pace sentLive(int bytes, long now) {
    return new Pace(rate.sent(bytes), liveTurns + 1, now, snapshots, size);
  }

  /// @param bytes what a snapshot takes at most, as far as is known
  Pace snapshotSent(int bytes, long now, long nextAt) {
    return new Pace(rate.sent(bytes), liveTurns, liveAt, snapshots.sent(now, nextAt), size);
  }

  Pace snapshotNow(long now) {
    return new Pace(rate, 0, liveAt, snapshots.atOnce(now), size);
  }

  Pace snapshotWanted(long now) {
    return new Pace(rate, liveTurns, liveAt, snapshots.wanted(now), size);
  }

  Pace with(BatchSize changed) {
    return new Pace(rate, liveTurns, liveAt, snapshots, changed);
  }

  /// From when on the next live batch may go: at once if the link was idle, else after a moment in
  /// which more may come to share the message.
  long liveFrom() {
    return liveAt + SyncSettings.LINGER_NANOS;
  }
}
