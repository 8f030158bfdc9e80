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

/// The truth from a start on, as an endless stream ascending by time: first the state of every
/// machine at the start, then its changes. The states of one machine alternate. Reads the uses only
/// as far as needed. Not thread-safe.
public final class Transitions implements Iterator<TruthTransition> {
  private final Iterator<MachineUse> uses;
  private final PriorityQueue<TruthTransition> due =
      new PriorityQueue<>(
          Comparator.comparing(TruthTransition::at)
              .thenComparing(transition -> transition.machine().value()));
  private final Iterator<TruthTransition> opening;
  private MachineUse nextUse;

  /// @param uses endless, ascending by begin, those of one machine disjoint with a gap between them
  public Transitions(Iterator<MachineUse> uses, Collection<MachineId> machines, Instant start) {
    this.uses = uses;
    Map<MachineId, TruthTransition> states = new LinkedHashMap<>();
    machines.forEach(id -> states.put(id, new TruthTransition(start, id, false)));
    nextUse = uses.next();
    while (!nextUse.from().isAfter(start)) {
      if (nextUse.covers(start)) {
        states.put(nextUse.machine(), new TruthTransition(start, nextUse.machine(), true));
        due.add(end(nextUse));
      }
      nextUse = uses.next();
    }
    opening = new ArrayList<>(states.values()).iterator();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public TruthTransition next() {
    if (opening.hasNext()) {
      return opening.next();
    }
    while (due.isEmpty() || !nextUse.from().isAfter(due.element().at())) {
      due.add(new TruthTransition(nextUse.from(), nextUse.machine(), true));
      due.add(end(nextUse));
      nextUse = uses.next();
    }
    return due.remove();
  }

  private static TruthTransition end(MachineUse use) {
    return new TruthTransition(use.to(), use.machine(), false);
  }
}
