package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Computes bins of single machines from stored events. Reads each machine's history once per
/// range.
final class MachineHistory {
  private final EventStore events;
  private final List<Interval> covered;

  /// @param covered has to be read before the events
  MachineHistory(EventStore events, List<Interval> covered) {
    this.events = events;
    this.covered = List.copyOf(covered);
  }

  /// Whether a covered interval overlaps `[from, to)`.
  boolean covers(Instant from, Instant to) {
    return covered.stream().anyMatch(it -> it.from().isBefore(to) && from.isBefore(it.to()));
  }

  /// @param before the item of the window before the range; its end statuses are kept longer than
  ///     the events
  List<MachineBin> bins(MachineId machine, WindowRange range, Optional<CategoryBin> before) {
    Instant from = range.first().start();
    List<HistoryEntry> entries =
        events.history(machine, from.minus(Coverage.OF_REPORT), range.end());
    MachineStatus carryIn =
        before
            .flatMap(it -> Optional.ofNullable(it.machines().get(machine)))
            .map(MachineBin::end)
            .orElseGet(() -> statusBefore(machine, from, CoverageSegments.of(covered, entries)));
    return MachineBins.of(carryIn, entries, covered, range.first(), range.count());
  }

  private MachineStatus statusBefore(MachineId machine, Instant moment, CoverageSegments known) {
    Optional<Instant> since = known.knownSince(moment);
    if (since.isEmpty()) {
      return MachineStatus.UNKNOWN;
    }
    return events
        .lastBefore(machine, moment)
        .filter(it -> !it.at().isBefore(since.get()) && holds(it, moment))
        .map(HistoryEntry::status)
        .orElse(MachineStatus.UNKNOWN);
  }

  private static boolean holds(HistoryEntry entry, Instant until) {
    return entry.outbox().isPresent() || !entry.at().plus(Coverage.OF_REPORT).isBefore(until);
  }
}
