package io.gympulse.sim.day;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// What is true of all machines from a start time, as an infinite stream in order of time: first
/// both facts about every machine at the start, then their transitions. Those of one machine and
/// fact alternate. Reads the uses only as far as needed. Not thread-safe.
public final class GroundTruth implements Iterator<GroundTruth.Transition> {
  /// What is said of a machine.
  public enum Fact {
    /// Somebody uses it, rests included.
    OCCUPIED,
    /// Somebody moves it, from the first effort of a use to the last. A sensor that detects only
    /// movement can know no more.
    MOVED
  }

  /// From `at` (whole milliseconds) the fact holds for the machine, or no longer holds.
  public record Transition(Instant at, MachineId machine, Fact fact, boolean holds) {}

  private final Iterator<MachineUse> uses;
  private final PriorityQueue<Transition> due =
      new PriorityQueue<>(
          Comparator.comparing(Transition::at)
              .thenComparing(transition -> transition.machine().value())
              .thenComparing(Transition::fact));
  private final Iterator<Transition> initial;
  private MachineUse nextUse;

  /// @param uses infinite, in order of their start; those of one machine have a gap between them
  public GroundTruth(Iterator<MachineUse> uses, Collection<MachineId> machines, Instant start) {
    this.uses = uses;
    Map<MachineId, MachineUse> present = new LinkedHashMap<>();
    nextUse = uses.next();
    while (!nextUse.from().isAfter(start)) {
      if (nextUse.covers(start)) {
        present.put(nextUse.machine(), nextUse);
      }
      nextUse = uses.next();
    }
    List<Transition> states = new ArrayList<>();
    for (MachineId machine : machines) {
      Optional<MachineUse> use = Optional.ofNullable(present.get(machine));
      for (Fact fact : Fact.values()) {
        Optional<Period> period = use.map(it -> period(it, fact));
        states.add(
            new Transition(
                start, machine, fact, period.filter(it -> it.covers(start)).isPresent()));
        period.ifPresent(it -> addDue(machine, fact, it, start));
      }
    }
    initial = states.iterator();
  }

  private record Period(Instant from, Instant to) {
    boolean covers(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  private static Period period(MachineUse use, Fact fact) {
    return switch (fact) {
      case OCCUPIED -> new Period(use.from(), use.to());
      case MOVED -> new Period(use.efforts().getFirst().from(), use.efforts().getLast().to());
    };
  }

  private void addDue(MachineId machine, Fact fact, Period period, Instant after) {
    if (period.from().isAfter(after)) {
      due.add(new Transition(period.from(), machine, fact, true));
    }
    if (period.to().isAfter(after)) {
      due.add(new Transition(period.to(), machine, fact, false));
    }
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
      for (Fact fact : Fact.values()) {
        addDue(nextUse.machine(), fact, period(nextUse, fact), Instant.MIN);
      }
      nextUse = uses.next();
    }
    return due.remove();
  }
}
