package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Consecutive windows of one category.
///
/// @param count at least 1
record WindowRange(CategoryId category, Window first, int count) {

  /// The windows of one category as the fewest possible ranges, ascending.
  ///
  /// @param maxCount the maximum length of a range
  static List<WindowRange> of(CategoryId category, Collection<Window> windows, int maxCount) {
    SortedSet<Window> ascending = new TreeSet<>(windows);
    List<WindowRange> ranges = new ArrayList<>();
    for (Window window : ascending) {
      WindowRange last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.end().equals(window.start()) && last.count < maxCount) {
        ranges.set(ranges.size() - 1, last.extended(1));
      } else {
        ranges.add(new WindowRange(category, window, 1));
      }
    }
    return ranges;
  }

  WindowRange extended(int by) {
    return new WindowRange(category, first, count + by);
  }

  Instant end() {
    return first.start().plus(Window.LENGTH.multipliedBy(count));
  }

  /// The window after the range.
  Window next() {
    return new Window(end());
  }

  List<Window> windows() {
    return Window.touching(first.start(), end());
  }

  BinKey key(GymId gym, Window window) {
    return new BinKey(gym, category, window);
  }

  DirtyWindow mark(Window window) {
    return new DirtyWindow(category, window);
  }
}
