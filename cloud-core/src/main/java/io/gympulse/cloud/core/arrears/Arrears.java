package io.gympulse.cloud.core.arrears;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What aggregation still owes: the time that is covered and not computed yet, and windows in which
/// something arrived late. Immutable.
///
/// @param computed the coverage as of the last aggregation
/// @param late windows that are marked, each with the number of the marking that did so last. It is
///     a version: a mark is struck off only if nothing arrived since it was read
/// @param markings how many there have been. Their numbers are never used again, so that a mark
///     struck off by one and made anew is not mistaken for the old one by another
public record Arrears(Coverage computed, NavigableMap<Mark, Long> late, long markings) {
  /// How long after its end a window that is not covered to its end is waited for.
  public static final Duration PATIENCE = Duration.ofMinutes(20);

  public static final Arrears NONE = new Arrears(Coverage.NONE, new TreeMap<>(), 0);

  public Arrears {
    late = Collections.unmodifiableNavigableMap(new TreeMap<>(late));
  }

  /// All of them in one marking.
  public Arrears marked(Collection<Mark> marks) {
    NavigableMap<Mark, Long> more = new TreeMap<>(late);
    marks.forEach(it -> more.put(it, markings + 1));
    return new Arrears(computed, more, markings + 1);
  }

  /// Without what is computed of outboxes that the coverage does not name any more.
  public Arrears onlyOf(Coverage coverage) {
    Coverage left = computed.only(coverage);
    return left.equals(computed) ? this : new Arrears(left, late, markings);
  }

  /// What can be computed now: windows that are covered to their end, or whose end is longer ago
  /// than [#PATIENCE]. Windows outside the horizon stay as they are; marks on them are handed
  /// out to be struck off.
  public Due due(Coverage coverage, Horizon horizon) {
    return due(coverage, horizon, Integer.MAX_VALUE);
  }

  /// The oldest portion of that; the rest is due once it is settled. Costs as much as the portion
  /// is long, whatever time the coverage claims.
  ///
  /// @param most how many windows; of time found to be covered before what is computed already, as
  ///     many again, the latest first
  public Due due(Coverage coverage, Horizon horizon, int most) {
    List<Interval> covered = horizon.of(coverage);
    Optional<Instant> coveredTo = end(covered);
    Gaps gaps = Gaps.between(computed, covered, it -> dueTo(it, coveredTo, horizon.now()));
    NavigableMap<Mark, Long> marks = dueMarks(coveredTo, horizon.now());
    NavigableSet<Window> first = new TreeSet<>();
    gaps.windowsAhead().ascending().limit(most + 1L).forEach(first::add);
    marks.keySet().stream()
        .map(Mark::window)
        .filter(horizon::holds)
        .distinct()
        .limit(most + 1L)
        .forEach(first::add);
    Instant end = first.stream().skip(most).findFirst().map(Window::start).orElse(Instant.MAX);
    Gaps portion = gaps.upTo(end, most);
    return new Due(
        new TreeSet<>(portion.windows().ascending().toList()),
        before(marks, end),
        portion.coverage());
  }

  /// How many windows can be computed now, counted per gym or, if marked alone, per category.
  public long dueWindows(Coverage coverage, Horizon horizon) {
    List<Interval> covered = horizon.of(coverage);
    Optional<Instant> coveredTo = end(covered);
    return Gaps.between(computed, covered, it -> dueTo(it, coveredTo, horizon.now()))
            .windows()
            .count()
        + dueMarks(coveredTo, horizon.now()).size();
  }

  private static Optional<Instant> end(List<Interval> covered) {
    return covered.stream().map(Interval::to).max(Comparator.naturalOrder());
  }

  /// If a window is due, so are all before it.
  private NavigableMap<Mark, Long> dueMarks(Optional<Instant> coveredTo, Instant now) {
    return late.keySet().stream()
        .filter(it -> !isDue(it.window(), coveredTo, now))
        .findFirst()
        .map(it -> late.headMap(it, false))
        .orElse(late);
  }

  private static NavigableMap<Mark, Long> before(NavigableMap<Mark, Long> marks, Instant end) {
    return marks.keySet().stream()
        .filter(it -> it.window().end().isAfter(end))
        .findFirst()
        .map(it -> marks.headMap(it, false))
        .orElse(marks);
  }

  private static Instant dueTo(Interval interval, Optional<Instant> coveredTo, Instant now) {
    Window last = Window.of(interval.to().minusNanos(1));
    return isDue(last, coveredTo, now) ? interval.to() : last.start();
  }

  private static boolean isDue(Window window, Optional<Instant> coveredTo, Instant now) {
    return coveredTo.filter(it -> !window.end().isAfter(it)).isPresent()
        || !window.end().plus(PATIENCE).isAfter(now);
  }

  /// What is left once all of `done` is computed and stored.
  public Arrears settled(Due done) {
    NavigableMap<Mark, Long> left = new TreeMap<>(late);
    done.marks().forEach(left::remove);
    return new Arrears(computed.join(done.upTo()), left, markings);
  }
}
