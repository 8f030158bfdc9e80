package io.gympulse.edge.sync;

import java.util.ArrayList;
import java.util.List;

/// Which events were appended within the last minute, give or take a second: the present, even if
/// they have to be sent again.
///
/// @param recorded the last number appended
/// @param marks at most one per second, oldest first
record Recent(long recorded, List<Mark> marks) {
  private static final long YOUNG_NANOS = 60_000_000_000L;
  private static final long STEP_NANOS = 1_000_000_000L;

  /// From this number on, events were appended at this time or later.
  ///
  /// @param at monotonic nanoseconds
  record Mark(long first, long at) {}

  Recent {
    marks = List.copyOf(marks);
  }

  static Recent none(long recorded) {
    return new Recent(recorded, List.of());
  }

  Recent appended(long last, long now) {
    if (last <= recorded) {
      return this;
    }
    if (!marks.isEmpty() && now - marks.getLast().at() < STEP_NANOS) {
      return new Recent(last, marks);
    }
    List<Mark> young = new ArrayList<>(marks);
    young.removeIf(it -> !young(it, now));
    young.add(new Mark(recorded + 1, now));
    return new Recent(last, young);
  }

  /// The first number of the present.
  long first(long now) {
    return marks.stream()
        .filter(it -> young(it, now))
        .mapToLong(Mark::first)
        .findFirst()
        .orElse(recorded + 1);
  }

  private static boolean young(Mark mark, long now) {
    return now - mark.at() < YOUNG_NANOS;
  }
}
