package io.gympulse.system.prove;

import io.gympulse.system.sensing.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Checks that each machine is `unknown` while its gateway's process does not run: from the last
/// alive mark, which is at most a few minutes old, until the process runs again.
///
/// @param checked pairs of a machine and a downtime
/// @param bounded pairs that are skipped because only bounds of an event's time are known
/// @param errors a sentence each
record GapCheck(int checked, int bounded, List<String> errors) {
  static final GapCheck NONE = new GapCheck(0, 0, List.of());

  /// The alive mark is renewed each minute; one renewal may be missed.
  private static final Duration OLDEST_MARK = Duration.ofMinutes(3);

  /// @param clocks the largest difference of two readings of the clock
  /// @param revisable for how long detectors may revise a decision; the alive mark lags by it
  record Tolerance(Duration clocks, Duration revisable, Slowdowns slowdowns) {}

  /// @param machines of the gym
  /// @param downtimes of its gateway's process
  /// @param stored events of the gym
  /// @param bounded those of which only bounds of their time are known
  static GapCheck check(
      Collection<String> machines,
      List<Downtime> downtimes,
      List<ObservedEvent> stored,
      Set<ObservedEvent.Id> bounded,
      Tolerance tolerance) {
    return check(machines, downtimes, _ -> true, stored, bounded, tolerance);
  }

  /// @param isChecked selects the downtimes to check; gaps may continue from the others
  static GapCheck check(
      Collection<String> machines,
      List<Downtime> downtimes,
      Predicate<Downtime> isChecked,
      List<ObservedEvent> stored,
      Set<ObservedEvent.Id> bounded,
      Tolerance tolerance) {
    int checked = 0;
    int skipped = 0;
    List<String> errors = new ArrayList<>();
    for (String machine : machines) {
      List<ObservedEvent> events =
          stored.stream()
              .filter(it -> it.machine().equals(machine))
              .sorted(ObservedEvent.BY_TIME)
              .toList();
      for (Downtime downtime : downtimes) {
        Instant from = downtime.from().plus(tolerance.clocks());
        Instant to = downtime.to().minus(tolerance.clocks());
        List<ObservedEvent> held = inEffect(events, from, to);
        if (!isChecked.test(downtime) || !from.isBefore(to)) {
          continue;
        }
        if (held.stream().anyMatch(it -> bounded.contains(it.id()))) {
          skipped++;
          continue;
        }
        checked++;
        held.stream()
            .filter(it -> !it.status().equals(Timeline.UNKNOWN))
            .findFirst()
            .ifPresent(it -> errors.add("%s has no gap: %s".formatted(downtime, it)));
        gapStart(held)
            .filter(it -> isTooEarly(it, downtime, downtimes, tolerance))
            .ifPresent(
                it -> errors.add("%s: the gap starts too early: %s".formatted(downtime, it)));
      }
    }
    return new GapCheck(checked, skipped, List.copyOf(errors));
  }

  /// The event in effect at `from`, if any, and those between `from` and `to`.
  private static List<ObservedEvent> inEffect(
      List<ObservedEvent> events, Instant from, Instant to) {
    List<ObservedEvent> held = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      boolean begins = events.get(i).at().orElseThrow().isBefore(to);
      boolean ends = i + 1 < events.size() && !events.get(i + 1).at().orElseThrow().isAfter(from);
      if (begins && !ends) {
        held.add(events.get(i));
      }
    }
    return held;
  }

  private static Optional<ObservedEvent> gapStart(List<ObservedEvent> held) {
    return held.stream().findFirst().filter(it -> it.reason().equals("gateway-off"));
  }

  /// A gap may have started with an earlier downtime if no reading came in between.
  private static boolean isTooEarly(
      ObservedEvent gap, Downtime downtime, List<Downtime> all, Tolerance tolerance) {
    Instant at = gap.at().orElseThrow();
    boolean ofEarlier =
        all.stream()
            .anyMatch(
                it ->
                    it.from().isBefore(downtime.from())
                        && !at.minus(tolerance.clocks()).isAfter(it.to()));
    Duration oldest = OLDEST_MARK.plus(tolerance.revisable());
    return !ofEarlier && tolerance.slowdowns().after(at, oldest).isBefore(downtime.from());
  }

  GapCheck plus(GapCheck other) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(other.errors);
    return new GapCheck(checked + other.checked, bounded + other.bounded, List.copyOf(all));
  }
}
