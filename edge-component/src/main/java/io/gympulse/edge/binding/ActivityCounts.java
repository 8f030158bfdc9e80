package io.gympulse.edge.binding;

import java.util.Arrays;

/// How active a candidate, or all of them together, are in a slot of time while nobody touches a
/// machine: the number of slots by level of activity. The levels are no change, one, two or three,
/// and more. Not thread-safe.
final class ActivityCounts {
  static final int LEVELS = 4;

  /// Of the slots of all candidates, before any was counted: a change in one slot of 24.
  private static final double[] BASE = {11.5, 0.25, 0.2, 0.05};

  /// How many slots of its own count as much as what all candidates have in common.
  private static final double STRENGTH = 12;

  private static final double SMALLEST = 1e-3;

  private final int[] active = new int[LEVELS];

  /// The level of a number of changes.
  static int level(int changes) {
    if (changes >= 4) {
      return 3;
    }
    return changes >= 2 ? 2 : changes;
  }

  /// Counts a slot with at least one change.
  void add(int changes) {
    active[level(changes)]++;
  }

  private double count(int level, double slots) {
    return level == 0 ? slots - Arrays.stream(active).sum() : active[level];
  }

  /// How probable a level of activity is for any candidate.
  ///
  /// @param slots of all candidates together so far, those without a change included
  double common(int level, double slots) {
    return (BASE[level] + count(level, slots)) / (Arrays.stream(BASE).sum() + slots);
  }

  /// How probable a level of activity is for this candidate, by a multinomial distribution with a
  /// Dirichlet prior: at first as for any candidate, later as in its own slots.
  ///
  /// @param common the probability for any candidate
  /// @param slots of this candidate so far, those without a change included
  double probability(int level, double common, int slots) {
    return Math.max(SMALLEST, (STRENGTH * common + count(level, slots)) / (STRENGTH + slots));
  }
}
