package io.gympulse.edge.sync;

/// How large a batch of backlog may be: it grows by a step while answers come quickly, and is
/// halved when one is slow or does not come. What is on its way is what the present has to queue
/// behind, so a slow cloud is given less at a time.
///
/// Brokers meter a message by units of 5 KB begun, so a batch fills whole ones.
record BatchSize(int units) {
  private static final int UNIT_BYTES = 5_120;
  private static final int MOST_UNITS = SyncSettings.BACKLOG_WINDOW / 2 / UNIT_BYTES;

  static final BatchSize FIRST = new BatchSize(2);

  /// @param waited how long an answer took, in nanoseconds
  BatchSize after(long waited) {
    if (waited > SyncSettings.SLOW_NANOS) {
      return halved();
    }
    return waited < SyncSettings.QUICK_NANOS
        ? new BatchSize(Math.min(MOST_UNITS, units + 1))
        : this;
  }

  BatchSize halved() {
    return new BatchSize(Math.max(1, units / 2));
  }

  int bytes() {
    return units * UNIT_BYTES;
  }
}
