package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.floorplan.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The stored aggregates, compared with a [ReferenceAggregation] of the stored events and
/// coverage. Checked are all windows before the first that is still to be computed.
///
/// @param bins of one machine and window each, that were checked
/// @param known machine-hours in them that are not unknown
/// @param errors bins that differ
record AggregateCheck(int bins, double known, int errors) {
  static final AggregateCheck NONE = new AggregateCheck(0, 0, 0);

  static AggregateCheck check(StoredAggregates stored) {
    int bins = 0;
    int errors = 0;
    long known = 0;
    List<Window> windows = computedWindows(stored);
    for (Machine machine : stored.plan().machines()) {
      ReferenceAggregation reference = stored.reference(machine);
      for (Window window : windows) {
        MachineBin expected = reference.over(window);
        bins++;
        known += expected.occupied() + expected.free();
        errors += expected.equals(stored.bin(machine, window)) ? 0 : 1;
      }
    }
    return new AggregateCheck(bins, known / 3_600_000.0, errors);
  }

  private static List<Window> computedWindows(StoredAggregates stored) {
    Optional<Instant> from =
        stored.covered().stream().map(Interval::from).min(Comparator.naturalOrder());
    Optional<Instant> to =
        stored.covered().stream().map(Interval::to).max(Comparator.naturalOrder());
    List<Window> computed = new ArrayList<>();
    if (from.isPresent() && to.isPresent()) {
      Window window = Window.of(from.get());
      while (window.start().isBefore(to.get()) && isComputed(stored, window)) {
        computed.add(window);
        window = window.next();
      }
    }
    return computed;
  }

  private static boolean isComputed(StoredAggregates stored, Window window) {
    return stored.late().stream().map(DirtyWindow::window).noneMatch(window::equals)
        && within(stored.covered(), window).equals(within(stored.computed(), window));
  }

  /// The parts of intervals that lie in a window.
  private static List<Interval> within(Collection<Interval> intervals, Window window) {
    return intervals.stream()
        .filter(it -> it.from().isBefore(window.end()) && it.to().isAfter(window.start()))
        .map(
            it ->
                new Interval(
                    it.outbox(),
                    it.from().isBefore(window.start()) ? window.start() : it.from(),
                    it.to().isAfter(window.end()) ? window.end() : it.to()))
        .toList();
  }

  AggregateCheck plus(AggregateCheck other) {
    return new AggregateCheck(bins + other.bins, known + other.known, errors + other.errors);
  }
}
