package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.BinKey;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.contract.floorplan.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The stored aggregates against an integration of the stored events and coverage. Judged are all
/// windows before the first that is still to be computed.
///
/// @param bins of one machine and window each, how many were judged
/// @param known machine-hours in them that are not unknown
/// @param errors bins that are not exactly as they have to be
record Arithmetic(int bins, double known, int errors) {
  static final Arithmetic NONE = new Arithmetic(0, 0, 0);

  static Arithmetic judge(StoredBins stored) {
    int bins = 0;
    int errors = 0;
    long known = 0;
    List<Window> windows = settled(stored);
    for (Machine machine : stored.plan().machines()) {
      Integration integration =
          new Integration(stored.events().getOrDefault(machine.id(), List.of()), stored.covered());
      for (Window window : windows) {
        MachineBin expected = integration.over(window);
        bins++;
        known += expected.occupied() + expected.free();
        errors += expected.equals(found(stored, machine, window)) ? 0 : 1;
      }
    }
    return new Arithmetic(bins, known / 3_600_000.0, errors);
  }

  private static MachineBin found(StoredBins stored, Machine machine, Window window) {
    BinKey key = new BinKey(stored.plan().gym().id(), machine.category(), window);
    return Optional.ofNullable(stored.bins().get(key))
        .map(CategoryBin::machines)
        .flatMap(it -> Optional.ofNullable(it.get(machine.id())))
        .orElse(MachineBin.UNKNOWN);
  }

  private static List<Window> settled(StoredBins stored) {
    Optional<Instant> from =
        stored.covered().stream().map(Interval::from).min(Comparator.naturalOrder());
    Optional<Instant> to =
        stored.covered().stream().map(Interval::to).max(Comparator.naturalOrder());
    List<Window> settled = new ArrayList<>();
    if (from.isPresent() && to.isPresent()) {
      Window window = Window.of(from.get());
      while (window.start().isBefore(to.get()) && isSettled(stored, window)) {
        settled.add(window);
        window = window.next();
      }
    }
    return settled;
  }

  private static boolean isSettled(StoredBins stored, Window window) {
    return stored.late().stream().map(Mark::window).noneMatch(window::equals)
        && within(stored.covered(), window).equals(within(stored.computed(), window));
  }

  /// What of some intervals lies in a window.
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

  Arithmetic plus(Arithmetic other) {
    return new Arithmetic(bins + other.bins, known + other.known, errors + other.errors);
  }

  /// Whether something was judged, and all of it is right.
  boolean exact() {
    return known > 0 && errors == 0;
  }
}
