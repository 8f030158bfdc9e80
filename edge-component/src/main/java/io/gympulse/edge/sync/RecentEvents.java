package io.gympulse.edge.sync;

import java.util.ArrayList;
import java.util.List;

/// Which events were appended within the last minute, give or take a second: these are live, even
/// if they have to be sent again.
///
/// @param recorded the last number appended
/// @param marks at most one per second, oldest first
record RecentEvents(long recorded, List<Mark> marks) {
  private static final long MAX_AGE_NANOS = 60_000_000_000L;
  private static final long STEP_NANOS = 1_000_000_000L;

  /// Events from this number on were appended at this time or later.
  ///
  /// @param at monotonic nanoseconds
  record Mark(long first, long at) {}

  RecentEvents {
    marks = List.copyOf(marks);
  }

  static RecentEvents none(long recorded) {
    return new RecentEvents(recorded, List.of());
  }

  RecentEvents appended(long last, long now) {
    if (last <= recorded) {
      return this;
    }
    if (!marks.isEmpty() && now - marks.getLast().at() < STEP_NANOS) {
      return new RecentEvents(last, marks);
    }
    List<Mark> recent = new ArrayList<>(marks);
    recent.removeIf(it -> !isRecent(it, now));
    recent.add(new Mark(recorded + 1, now));
    return new RecentEvents(last, recent);
  }

  /// The number of the first recent event, or the next number if there is none.
  long first(long now) {
    return marks.stream()
        .filter(it -> isRecent(it, now))
        .mapToLong(Mark::first)
        .findFirst()
        .orElse(recorded + 1);
  }

  private static boolean isRecent(Mark mark, long now) {
    return now - mark.at() < MAX_AGE_NANOS;
  }
}
