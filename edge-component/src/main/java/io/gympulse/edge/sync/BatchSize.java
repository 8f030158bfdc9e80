package io.gympulse.edge.sync;

/// How large a batch of backlog may be: it grows by a step while answers come quickly, and is
/// halved when one does not come.
///
/// Brokers meter a message by units of 5 KB begun, so a batch fills whole ones.
record BatchSize(int units) {
  private static final int UNIT_BYTES = 5_120;
  private static final int MOST_UNITS = SyncSettings.BACKLOG_WINDOW / 2 / UNIT_BYTES;

  static final BatchSize FIRST = new BatchSize(2);

  BatchSize grown() {
    return new BatchSize(Math.min(MOST_UNITS, units + 1));
  }

  BatchSize halved() {
    return new BatchSize(Math.max(1, units / 2));
  }

  int bytes() {
    return units * UNIT_BYTES;
  }
}
