package io.gympulse.bench.forecast;

import io.gympulse.cloud.core.forecast.WeekSlot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/// Numbers in use over time, and what was usual in a slot of the week by a moment.
///
/// @param counts by time
/// @param bySlot the same, for each slot of the week
record Observations(
    ZoneId zone,
    NavigableMap<Instant, Integer> counts,
    List<NavigableMap<Instant, Integer>> bySlot) {
  static final Duration AHEAD = Duration.ofMinutes(30);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  static Observations of(ZoneId zone, NavigableMap<Instant, Integer> counts) {
    List<NavigableMap<Instant, Integer>> bySlot = new ArrayList<>();
    for (int slot = 0; slot < WeekSlot.COUNT; slot++) {
      bySlot.add(new TreeMap<>());
    }
    counts.forEach((at, count) -> bySlot.get(WeekSlot.of(at, zone)).put(at, count));
    return new Observations(zone, counts, bySlot);
  }

  /// One forecast to make: the number now and half an hour ago, and what came half an hour later.
  record Case(Instant now, int inUse, int before, Instant then, int after) {}

  /// All cases, ascending. Where a time half an hour before or after has no observation within five
  /// minutes, there is none.
  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    counts.forEach(
        (now, count) -> {
          Optional<Instant> before = nearest(now.minus(AHEAD), TOLERANCE);
          Optional<Instant> then = nearest(now.plus(AHEAD), TOLERANCE);
          if (before.isPresent() && then.isPresent()) {
            cases.add(new Case(now, count, at(before.get()), then.get(), at(then.get())));
          }
        });
    return cases;
  }

  int at(Instant observed) {
    return Optional.ofNullable(counts.get(observed)).orElseThrow();
  }

  Optional<Instant> nearest(Instant wanted, Duration tolerance) {
    Instant before = counts.floorKey(wanted);
    Instant after = counts.ceilingKey(wanted);
    return Stream.of(before, after)
        .filter(it -> it != null)
        .min(Comparator.comparing(it -> Duration.between(it, wanted).abs()))
        .filter(it -> Duration.between(it, wanted).abs().compareTo(tolerance) <= 0);
  }

  /// The mean over the slot of `of` in the weeks before `now`; empty without an observation.
  OptionalDouble mean(Instant of, Instant now, int weeks, IntToDoubleFunction value) {
    return bySlot
        .get(WeekSlot.of(of, zone))
        .subMap(now.minus(Duration.ofDays(7L * weeks)).minusSeconds(1), true, now, false)
        .values()
        .stream()
        .mapToDouble(value::applyAsDouble)
        .average();
  }
}
