package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long machines were in each status per quarter of an hour, added up from their events, from
/// each machine's first event to its last. Also the machines' last states.
final class OccupancyTotals {
  private final Map<String, Duration> durations = new HashMap<>();
  private final Map<MachineId, MachineEvent> latest = new HashMap<>();
  private final Map<MachineId, Integer> transitions = new HashMap<>();

  private OccupancyTotals() {}

  static Map<String, Object> of(List<MachineEvent> events) {
    OccupancyTotals totals = new OccupancyTotals();
    events.forEach(totals::add);
    Map<String, Object> result = new HashMap<>(totals.durations);
    result.values().removeIf(Duration.ZERO::equals);
    totals.latest.forEach(
        (machine, it) -> result.put(machine + " at last", it.status() + " " + it.at()));
    totals.transitions.forEach((machine, it) -> result.put(machine + " events", it));
    return result;
  }

  private void add(MachineEvent event) {
    Instant from = event.summary().map(Summary::from).orElse(event.at());
    MachineEvent before = latest.put(event.machine(), event);
    if (before != null) {
      spread(event.machine(), before.status(), before.at(), from);
    }
    event.summary().ifPresent(it -> add(event, it));
    transitions.merge(
        event.machine(), 1 + event.summary().map(Summary::transitions).orElse(0), Integer::sum);
  }

  private void add(MachineEvent event, Summary summary) {
    long bin = Summary.binOf(event.at());
    count(event.machine(), MachineStatus.OCCUPIED, bin, summary.occupied());
    count(event.machine(), MachineStatus.FREE, bin, summary.free());
    count(event.machine(), MachineStatus.UNKNOWN, bin, summary.unknown());
  }

  private void spread(MachineId machine, MachineStatus status, Instant from, Instant to) {
    Instant at = from;
    while (at.isBefore(to)) {
      long bin = Summary.binOf(at);
      Instant end = Instant.ofEpochMilli((bin + 1) * Summary.BIN.toMillis());
      Instant until = end.isBefore(to) ? end : to;
      count(machine, status, bin, Duration.between(at, until));
      at = until;
    }
  }

  private void count(MachineId machine, MachineStatus status, long bin, Duration time) {
    durations.merge(machine + " " + status + " " + bin, time, Duration::plus);
  }
}
