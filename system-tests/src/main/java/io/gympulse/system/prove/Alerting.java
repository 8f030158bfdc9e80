package io.gympulse.system.prove;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What members were told against what they had to be told.
///
/// @param expected free periods of which they had to be told
/// @param told free periods of which they were
/// @param missed those expected and not told
/// @param doubled tellings against what was agreed: of a free period under another id than the
///     first's, of another one after the only one, within a cooldown or quiet hours
/// @param baseless tellings of a free period that the stored events do not show as one; [Baseless]
///     tells why
record Alerting(
    int expected, int told, List<FreePeriod> missed, int doubled, Set<Telling> baseless) {

  static final Alerting NONE = new Alerting(0, 0, List.of(), 0, Set.of());

  /// @param periods of all machines
  /// @param due whether a period had to be told
  static Alerting judge(
      List<FreePeriod> periods, Predicate<FreePeriod> due, Collection<Telling> tellings) {
    int expected = 0;
    int told = 0;
    List<FreePeriod> missed = new ArrayList<>();
    int doubled = 0;
    Set<Telling> left = new HashSet<>(tellings);
    for (FreePeriod period : periods) {
      List<Telling> its = left.stream().filter(it -> it.tellsOf(period)).toList();
      its.forEach(left::remove);
      long ids = its.stream().map(Telling::delivery).distinct().count();
      boolean expectedOfThis = due.test(period);
      expected += expectedOfThis ? 1 : 0;
      told += its.isEmpty() ? 0 : 1;
      if (expectedOfThis && its.isEmpty()) {
        missed.add(period);
      }
      doubled += (int) Math.max(0, ids - 1);
    }
    return new Alerting(expected, told, List.copyOf(missed), doubled, Set.copyOf(left));
  }

  Alerting plus(Alerting other) {
    return new Alerting(
        expected + other.expected,
        told + other.told,
        Stream.concat(missed.stream(), other.missed.stream()).toList(),
        doubled + other.doubled,
        Stream.concat(baseless.stream(), other.baseless.stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean whole() {
    return missed.isEmpty() && doubled == 0;
  }
}
