package io.gympulse.cloud.core.arrears;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.coverage.OutboxCoverage;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Time that is covered and not computed yet. What is computed of an outbox is one interval, so it
/// may be cut only where what is left of it touches that interval.
///
/// @param ahead behind the end of what is computed, or all of an outbox of which nothing is
/// @param earlier before the beginning of what is computed: found to be covered later than the rest
record Gaps(List<Interval> ahead, List<Interval> earlier) {

  /// @param covered of it only what can still be computed
  /// @param dueTo up to where an interval may be computed now
  static Gaps between(Coverage computed, List<Interval> covered, DueTo dueTo) {
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
    return new Gaps(ahead, earlier);
  }

  /// Tells up to where an interval may be computed now.
  interface DueTo {
    Instant of(Interval interval);
  }

  private static void add(List<Interval> gaps, Interval of, Instant from, Instant to) {
    if (from.isBefore(to)) {
      gaps.add(new Interval(of.outbox(), from, to));
    }
  }

  WindowRanges windowsAhead() {
    return WindowRanges.touching(ahead);
  }

  WindowRanges windows() {
    return WindowRanges.touching(Stream.concat(ahead.stream(), earlier.stream()).toList());
  }

  /// Only what lies before `end`, and of what is earlier than the computed only the latest windows.
  ///
  /// @param most how many of those
  Gaps upTo(Instant end, int most) {
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
    return new Gaps(first, last);
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// What is computed, beside what was, once the windows of these gaps are.
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
