package io.gympulse.system.prove;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What members were told against what they had to be told.
///
/// @param expected free periods of which they had to be told
/// @param told free periods of which they were
/// @param missed those expected and not told
/// @param doubled tellings of a free period under another id than the first's
/// @param baseless tellings of a free period that is not stored
record Alerting(int expected, int told, int missed, int doubled, int baseless) {

  /// @param periods of all machines
  /// @param due whether a period had to be told
  static Alerting judge(
      List<FreePeriod> periods, Predicate<FreePeriod> due, Collection<Telling> tellings) {
    int expected = 0;
    int told = 0;
    int missed = 0;
    int doubled = 0;
    Set<Telling> left = new HashSet<>(tellings);
    for (FreePeriod period : periods) {
      List<Telling> its = left.stream().filter(it -> tellsOf(it, period)).toList();
      its.forEach(left::remove);
      long ids = its.stream().map(Telling::delivery).distinct().count();
      expected += due.test(period) ? 1 : 0;
      told += its.isEmpty() ? 0 : 1;
      missed += due.test(period) && its.isEmpty() ? 1 : 0;
      doubled += (int) Math.max(0, ids - 1);
    }
    return new Alerting(expected, told, missed, doubled, left.size());
  }

  private static boolean tellsOf(Telling telling, FreePeriod period) {
    return telling.machine().equals(period.machine())
        && !telling.since().isBefore(period.from())
        && telling.since().isBefore(period.to());
  }

  boolean whole() {
    return missed == 0 && doubled == 0;
  }
}
