package io.gympulse.cloud.core.arrears;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What aggregation is to compute now, and what it may then strike off.
///
/// @param wholeGym windows to compute for every category of the gateway's gym
/// @param marks single categories' windows, with the counts that were read; those of `wholeGym`
///     windows too, so that they are struck off with them
/// @param upTo the coverage that is computed once these windows are, beside what was before
public record Due(NavigableSet<Window> wholeGym, NavigableMap<Mark, Long> marks, Coverage upTo) {
  public Due {
    wholeGym = Collections.unmodifiableNavigableSet(new TreeSet<>(wholeGym));
    marks = Collections.unmodifiableNavigableMap(new TreeMap<>(marks));
  }

  /// Counted per gym or, if marked alone, per category, as [Arrears#dueWindows] counts all.
  public long windows() {
    return (long) wholeGym.size() + marks.size();
  }

  public boolean isEmpty() {
    return wholeGym.isEmpty() && marks.isEmpty();
  }
}
