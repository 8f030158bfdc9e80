package io.gympulse.edge.sync;

/// When snapshots are sent, in monotonic nanoseconds.
///
/// @param sentAt when the last one was
/// @param dueAt when the next one is
record Snapshots(long sentAt, long dueAt) {
  private static final long GAP_NANOS = 2_000_000_000L;

  static Snapshots fresh(long now) {
    return new Snapshots(now - GAP_NANOS, now);
  }

  Snapshots sent(long now, long nextAt) {
    return new Snapshots(now, nextAt);
  }

  Snapshots atOnce(long now) {
    return new Snapshots(sentAt, now);
  }

  /// One is of use soon: at once, but for the gap to the last one.
  Snapshots wanted(long now) {
    long earliest = sentAt + GAP_NANOS - now > 0 ? sentAt + GAP_NANOS : now;
    return new Snapshots(sentAt, dueAt - earliest < 0 ? dueAt : earliest);
  }
}
