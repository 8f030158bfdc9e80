package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Computes single machines' bins from stored events, reading each machine's history once per run.
final class MachineHistory {
  private final EventStore events;
  private final List<Interval> covered;

  /// @param covered read before any of the events are
  MachineHistory(EventStore events, List<Interval> covered) {
    this.events = events;
    this.covered = List.copyOf(covered);
  }

  /// Whether a gateway's interval has a moment in common with a span.
  boolean covers(Instant from, Instant to) {
    return covered.stream().anyMatch(it -> it.from().isBefore(to) && from.isBefore(it.to()));
  }

  /// @param before the item of the window before the run; what a machine ended it with outlives the
  ///     events
  List<MachineBin> bins(MachineId machine, Run run, Optional<CategoryBin> before) {
    Instant from = run.first().start();
    List<HistoryEntry> entries = events.history(machine, from.minus(Coverage.OF_REPORT), run.end());
    MachineStatus carryIn =
        before
            .flatMap(it -> Optional.ofNullable(it.machines().get(machine)))
            .map(MachineBin::end)
            .orElseGet(() -> statusBefore(machine, from, Stretches.of(covered, entries)));
    return MachineBins.of(carryIn, entries, covered, run.first(), run.count());
  }

  private MachineStatus statusBefore(MachineId machine, Instant moment, Stretches known) {
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
