package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A slow reference implementation of bins: applies the definition to each step of the grid.
final class ReferenceBins {
  private final RandomDay day;
  private final List<HistoryEntry> ordered;
  private final MachineStatus[] held;
  private final int[] transitions;

  ReferenceBins(RandomDay day) {
    this.day = day;
    this.ordered = day.entries().stream().distinct().sorted(HistoryEntry.ORDER).toList();
    this.held = new MachineStatus[(int) day.steps()];
    this.transitions = new int[day.windows()];
    hold();
  }

  List<MachineBin> bins() {
    List<MachineBin> bins = new ArrayList<>();
    for (int window = 0; window < day.windows(); window++) {
      bins.add(bin(window));
    }
    return bins;
  }

  private void hold() {
    MachineStatus now = MachineStatus.UNKNOWN;
    Instant expiry = Instant.MAX;
    for (int step = 0; step < held.length; step++) {
      Instant at = day.at(step);
      if (!covered(at) || begins(at) || !at.isBefore(expiry)) {
        now = MachineStatus.UNKNOWN;
      }
      for (HistoryEntry entry : ordered) {
        if (entry.at().equals(at)) {
          now = after(now, entry, step);
          boolean report = entry.outbox().isEmpty();
          expiry = report ? at.plus(Duration.ofMinutes(5)) : Instant.MAX;
        }
      }
      held[step] = now;
    }
  }

  private MachineStatus after(MachineStatus before, HistoryEntry entry, int step) {
    int window = (int) (step / day.perWindow());
    int transitionsOfSummary = valid(entry) ? entry.summary().orElseThrow().transitions() : 0;
    transitions[window] += transitionsOfSummary;
    if (!covered(entry.at())) {
      return before;
    }
    if (transitionsOfSummary > 0 || entry.status() != before) {
      transitions[window]++;
    }
    return entry.status();
  }

  private boolean covered(Instant at) {
    return day.covered().stream().anyMatch(it -> !it.from().isAfter(at) && it.to().isAfter(at))
        || ordered.stream()
            .filter(it -> it.outbox().isEmpty())
            .map(it -> Duration.between(it.at(), at))
            .anyMatch(it -> !it.isNegative() && it.compareTo(Duration.ofMinutes(5)) < 0);
  }

  private boolean begins(Instant at) {
    return day.covered().stream().map(Interval::from).anyMatch(at::equals);
  }

  private boolean valid(HistoryEntry entry) {
    if (entry.summary().isEmpty()) {
      return false;
    }
    Instant from = entry.summary().get().from();
    if (from.equals(entry.at())) {
      return covered(from);
    }
    for (Instant at = from; at.isBefore(entry.at()); at = at.plus(day.grid())) {
      boolean alone = covered(at) && spans(at) == 1;
      boolean within = at.isAfter(from) && (begins(at) || somethingAt(at));
      if (!alone || within) {
        return false;
      }
    }
    return true;
  }

  private boolean somethingAt(Instant at) {
    return ordered.stream().anyMatch(it -> it.at().equals(at));
  }

  private long spans(Instant at) {
    return ordered.stream()
        .filter(it -> it.at().isAfter(at))
        .filter(it -> it.summary().filter(sum -> !sum.from().isAfter(at)).isPresent())
        .count();
  }

  private MachineBin bin(int window) {
    Instant start = day.at(window * day.perWindow());
    Instant end = start.plus(Window.LENGTH);
    Duration occupied = Duration.ZERO;
    Duration free = Duration.ZERO;
    for (Instant at = start; at.isBefore(end); at = at.plus(day.grid())) {
      MachineStatus status = spans(at) > 0 ? MachineStatus.UNKNOWN : held[step(at)];
      occupied = status == MachineStatus.OCCUPIED ? occupied.plus(day.grid()) : occupied;
      free = status == MachineStatus.FREE ? free.plus(day.grid()) : free;
    }
    for (HistoryEntry entry : ordered) {
      if (!entry.at().isBefore(start) && entry.at().isBefore(end) && valid(entry)) {
        Summary summary = entry.summary().orElseThrow();
        occupied = occupied.plus(summary.occupied());
        free = free.plus(summary.free());
      }
    }
    return new MachineBin(
        occupied.toMillis(),
        free.toMillis(),
        Window.LENGTH.minus(occupied).minus(free).toMillis(),
        transitions[window],
        statusBefore(start),
        statusBefore(end));
  }

  private MachineStatus statusBefore(Instant at) {
    return at.equals(day.at(0)) ? MachineStatus.UNKNOWN : held[step(at.minus(day.grid()))];
  }

  private int step(Instant at) {
    return (int) Duration.between(day.at(0), at).dividedBy(day.grid());
  }
}
