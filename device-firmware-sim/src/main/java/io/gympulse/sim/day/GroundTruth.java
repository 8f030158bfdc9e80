package io.gympulse.sim.day;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/// The true occupancy of all machines from a start time, as an infinite stream in order of time:
/// first the state of every machine at the start, then its transitions. The states of one machine
/// alternate. Reads the uses only as far as needed. Not thread-safe.
public final class GroundTruth implements Iterator<GroundTruth.Transition> {
  /// From `at` (whole milliseconds) the machine is truly occupied, or truly free.
  public record Transition(Instant at, MachineId machine, boolean occupied) {}

  private final Iterator<MachineUse> uses;
  private final PriorityQueue<Transition> due =
      new PriorityQueue<>(
          Comparator.comparing(Transition::at)
              .thenComparing(transition -> transition.machine().value()));
  private final Iterator<Transition> initial;
  private MachineUse nextUse;

  /// @param uses infinite, in order of their start; those of one machine have a gap between them
  public GroundTruth(Iterator<MachineUse> uses, Collection<MachineId> machines, Instant start) {
    this.uses = uses;
    Map<MachineId, Transition> states = new LinkedHashMap<>();
    machines.forEach(id -> states.put(id, new Transition(start, id, false)));
    nextUse = uses.next();
    while (!nextUse.from().isAfter(start)) {
      if (nextUse.covers(start)) {
        states.put(nextUse.machine(), new Transition(start, nextUse.machine(), true));
        due.add(end(nextUse));
      }
      nextUse = uses.next();
    }
    initial = new ArrayList<>(states.values()).iterator();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Transition next() {
    if (initial.hasNext()) {
      return initial.next();
    }
    while (due.isEmpty() || !nextUse.from().isAfter(due.element().at())) {
      due.add(new Transition(nextUse.from(), nextUse.machine(), true));
      due.add(end(nextUse));
      nextUse = uses.next();
    }
    return due.remove();
  }

  private static Transition end(MachineUse use) {
    return new Transition(use.to(), use.machine(), false);
  }
}
