package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.BinKey;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Windows in a row of one category.
///
/// @param count at least 1
record Run(CategoryId category, Window first, int count) {

  /// The windows of one category in as few runs as can be, ascending.
  ///
  /// @param most how long a run may be; a longer one is cut
  static List<Run> of(CategoryId category, Collection<Window> windows, int most) {
    SortedSet<Window> ascending = new TreeSet<>(windows);
    List<Run> runs = new ArrayList<>();
    for (Window window : ascending) {
      Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && last.end().equals(window.start()) && last.count < most) {
        runs.set(runs.size() - 1, last.longer(1));
      } else {
        runs.add(new Run(category, window, 1));
      }
    }
    return runs;
  }

  Run longer(int by) {
    return new Run(category, first, count + by);
  }

  Instant end() {
    return first.start().plus(Window.LENGTH.multipliedBy(count));
  }

  /// The window right behind it.
  Window beyond() {
    return new Window(end());
  }

  List<Window> windows() {
    return Window.touching(first.start(), end());
  }

  BinKey key(GymId gym, Window window) {
    return new BinKey(gym, category, window);
  }

  Mark mark(Window window) {
    return new Mark(category, window);
  }
}
