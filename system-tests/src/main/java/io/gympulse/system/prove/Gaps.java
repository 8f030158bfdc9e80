package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Whether each machine is `unknown` for exactly as long as its gateway's process did not run: from
/// the last mark of being alive, which is at most a few minutes old, until the process runs again.
///
/// @param judged pairs of a machine and an absence
/// @param bounded those left out, as only bounds are known of their events' times
/// @param errors what is wrong, a sentence each
record Gaps(int judged, int bounded, List<String> errors) {
  static final Gaps NONE = new Gaps(0, 0, List.of());

  /// The mark of being alive is renewed each minute; one may be missed.
  private static final Duration OLDEST_MARK = Duration.ofMinutes(3);

  /// What the judgement allows for.
  ///
  /// @param clocks how far apart two clocks may be read
  /// @param revisable for how long detectors may revise what they decided; the mark lags by it
  record Allowance(Duration clocks, Duration revisable, Slowdowns slowdowns) {}

  /// @param machines of the gym
  /// @param absences of its gateway's process
  /// @param stored events of the gym
  /// @param bounded names of those of which only bounds of their time are known
  static Gaps judge(
      Collection<String> machines,
      List<Absence> absences,
      List<SeenEvent> stored,
      Set<EventName> bounded,
      Allowance allowance) {
    return judge(machines, absences, _ -> true, stored, bounded, allowance);
  }

  /// @param isJudged the absences that are; gaps may go on from the others
  static Gaps judge(
      Collection<String> machines,
      List<Absence> absences,
      Predicate<Absence> isJudged,
      List<SeenEvent> stored,
      Set<EventName> bounded,
      Allowance allowance) {
    int judged = 0;
    int left = 0;
    List<String> errors = new ArrayList<>();
    for (String machine : machines) {
      List<SeenEvent> events =
          stored.stream()
              .filter(it -> it.machine().equals(machine))
              .sorted(
                  Comparator.comparing((SeenEvent it) -> it.at().orElseThrow())
                      .thenComparing(it -> it.name().seq()))
              .toList();
      for (Absence absence : absences) {
        Instant from = absence.from().plus(allowance.clocks());
        Instant to = absence.to().minus(allowance.clocks());
        List<SeenEvent> held = held(events, from, to);
        if (!isJudged.test(absence) || !from.isBefore(to)) {
          continue;
        }
        if (held.stream().anyMatch(it -> bounded.contains(it.name()))) {
          left++;
          continue;
        }
        judged++;
        held.stream()
            .filter(it -> !it.status().equals(Timeline.UNKNOWN))
            .findFirst()
            .ifPresent(it -> errors.add("%s is no gap: %s".formatted(absence, it)));
        beginning(held)
            .filter(it -> isTooEarly(it, absence, absences, allowance))
            .ifPresent(it -> errors.add("%s: the gap begins too early: %s".formatted(absence, it)));
      }
    }
    return new Gaps(judged, left, List.copyOf(errors));
  }

  /// The event that holds at `from`, if any, and those that begin before `to`.
  private static List<SeenEvent> held(List<SeenEvent> events, Instant from, Instant to) {
    List<SeenEvent> held = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      boolean begins = events.get(i).at().orElseThrow().isBefore(to);
      boolean ends = i + 1 < events.size() && !events.get(i + 1).at().orElseThrow().isAfter(from);
      if (begins && !ends) {
        held.add(events.get(i));
      }
    }
    return held;
  }

  private static Optional<SeenEvent> beginning(List<SeenEvent> held) {
    return held.stream().findFirst().filter(it -> it.reason().equals("gateway-off"));
  }

  /// A gap that began with an earlier absence goes on where nothing was sensed in between.
  private static boolean isTooEarly(
      SeenEvent gap, Absence absence, List<Absence> all, Allowance allowance) {
    Instant at = gap.at().orElseThrow();
    boolean ofEarlier =
        all.stream()
            .anyMatch(
                it ->
                    it.from().isBefore(absence.from())
                        && !at.minus(allowance.clocks()).isAfter(it.to()));
    Duration oldest = OLDEST_MARK.plus(allowance.revisable());
    return !ofEarlier && allowance.slowdowns().after(at, oldest).isBefore(absence.from());
  }

  Gaps plus(Gaps other) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(other.errors);
    return new Gaps(judged + other.judged, bounded + other.bounded, List.copyOf(all));
  }
}
