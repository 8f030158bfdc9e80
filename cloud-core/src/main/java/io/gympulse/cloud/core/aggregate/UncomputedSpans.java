package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Coverage.OutboxCoverage;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Time that is covered and not computed yet. What is computed of an outbox is one interval, so a
/// span may be cut only where the part that is computed touches that interval.
///
/// @param ahead after the end of what is computed, or all of an outbox of which nothing is computed
/// @param earlier before the beginning of what is computed, found to be covered later than the rest
record UncomputedSpans(List<Interval> ahead, List<Interval> earlier) {
  /// @param covered only the part that can still be computed
  /// @param dueTo up to where an interval may be computed now
  static UncomputedSpans between(Coverage computed, List<Interval> covered, DueTo dueTo) {
    List<Interval> ahead = new ArrayList<>();
    List<Interval> earlier = new ArrayList<>();
    for (Interval interval : covered) {
      Instant to = dueTo.of(interval);
      Optional<Interval> known = computed.interval(interval.outbox());
      Instant done = known.map(Interval::to).orElse(interval.from());
      add(ahead, interval, latest(done, interval.from()), to);
      if (known.isPresent() && to.isAfter(interval.from())) {
        add(earlier, interval, interval.from(), earliest(known.get().from(), interval.to()));
      }
    }
    return new UncomputedSpans(ahead, earlier);
  }

  /// Returns the time up to which an interval may be computed now.
  interface DueTo {
    Instant of(Interval interval);
  }

  private static void add(List<Interval> spans, Interval of, Instant from, Instant to) {
    if (from.isBefore(to)) {
      spans.add(new Interval(of.outbox(), from, to));
    }
  }

  WindowRanges windowsAhead() {
    return WindowRanges.touching(ahead);
  }

  WindowRanges windows() {
    return WindowRanges.touching(Stream.concat(ahead.stream(), earlier.stream()).toList());
  }

  /// Only the part before `end`, and of `earlier` only the latest windows.
  ///
  /// @param most how many of those
  UncomputedSpans upTo(Instant end, int most) {
    Instant begin =
        WindowRanges.touching(earlier)
            .descending()
            .skip(most)
            .findFirst()
            .map(Window::end)
            .orElse(Instant.MIN);
    List<Interval> first = new ArrayList<>();
    List<Interval> last = new ArrayList<>();
    ahead.forEach(it -> add(first, it, it.from(), earliest(it.to(), end)));
    earlier.forEach(it -> add(last, it, latest(it.from(), begin), it.to()));
    return new UncomputedSpans(first, last);
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// The coverage of these spans.
  Coverage coverage() {
    Map<OutboxId, OutboxCoverage> spans = new HashMap<>();
    Stream.concat(ahead.stream(), earlier.stream())
        .forEach(
            it ->
                spans.merge(
                    it.outbox(),
                    new OutboxCoverage(Optional.of(it.from()), Optional.of(it.to())),
                    OutboxCoverage::join));
    return Coverage.of(spans);
  }
}
