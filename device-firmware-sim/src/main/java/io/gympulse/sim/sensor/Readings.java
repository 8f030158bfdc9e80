package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/// Everything that a gym's sensors say from a start on, as an endless stream ascending by time: at
/// the start the present state of every sensor, then its changes, and every [#CHECK_IN] a
/// repetition of its present state, so that a gateway that missed something learns it. A pulse
/// sensor checks in inactive: it only shows that it lives. Depends only on the arguments. Not
/// thread-safe.
public final class Readings implements Iterator<SensorReading> {
  public static final Duration CHECK_IN = Duration.ofMinutes(5);

  /// How long a sensor with a dying battery still speaks.
  static final Duration LAST_CHARGE = Duration.ofMinutes(10);

  private enum Kind {
    CHANGE,
    CHECK_IN
  }

  private record Due(Instant at, Kind kind, Fitting fitting, boolean active) {}

  private final Iterator<MachineUse> uses;
  private final Map<MachineId, List<Fitting>> byMachine;
  private final Map<SensorId, Boolean> levels = new HashMap<>();
  private final Faults faults;
  private final Seed seed;
  private final Instant start;
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(
          Comparator.comparing(Due::at)
              .thenComparing(Due::kind)
              .thenComparing(due -> due.fitting().sensor().id()));
  private MachineUse nextUse;

  /// @param uses endless, ascending by begin; may begin before the start
  /// @param fittings not empty; uses of machines without a sensor are not seen
  public Readings(
      Iterator<MachineUse> uses,
      Collection<Fitting> fittings,
      Faults faults,
      Seed seed,
      Instant start) {
    if (fittings.isEmpty()) {
      throw new IllegalArgumentException("there is no sensor to simulate");
    }
    this.uses = uses;
    this.byMachine = fittings.stream().collect(Collectors.groupingBy(Fitting::machine));
    this.faults = faults;
    this.seed = seed;
    this.start = start;
    fittings.forEach(fitting -> agenda.add(new Due(start, Kind.CHECK_IN, fitting, false)));
    nextUse = uses.next();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public SensorReading next() {
    while (true) {
      while (!nextUse.from().isAfter(agenda.element().at())) {
        if (nextUse.to().isAfter(start)) {
          plan(nextUse);
        }
        nextUse = uses.next();
      }
      Due due = agenda.remove();
      Optional<SensorReading> said = say(due);
      if (said.isPresent()) {
        return said.get();
      }
    }
  }

  private void plan(MachineUse use) {
    for (Fitting fitting : byMachine.getOrDefault(use.machine(), List.of())) {
      SensorId id = fitting.sensor().id();
      Seed ofUse = seed.split(id.value()).split(use.from().toEpochMilli());
      SensorModel.of(fitting.sensor(), faults.of(id))
          .edges(use, ofUse.random())
          .forEach(edge -> agenda.add(new Due(edge.at(), Kind.CHANGE, fitting, edge.active())));
    }
  }

  private Optional<SensorReading> say(Due due) {
    SensorId id = due.fitting().sensor().id();
    boolean level =
        switch (due.kind()) {
          case CHANGE -> due.active();
          case CHECK_IN -> levels.getOrDefault(id, false);
        };
    if (due.fitting().sensor().behaviour() == SensorBehaviour.LEVEL) {
      levels.put(id, level);
    }
    if (due.kind() == Kind.CHECK_IN) {
      agenda.add(new Due(nextCheckIn(due), Kind.CHECK_IN, due.fitting(), false));
    }
    return due.at().isBefore(start) || isSilent(id, due.at())
        ? Optional.empty()
        : Optional.of(new SensorReading(due.at(), due.fitting(), level));
  }

  /// The second check-in comes after a part of the interval that differs from sensor to sensor, so
  /// that they don't all speak at once.
  private Instant nextCheckIn(Due due) {
    if (due.at().isAfter(start)) {
      return due.at().plus(CHECK_IN);
    }
    long phase =
        seed.split(due.fitting().sensor().id().value())
            .random()
            .nextLong(1_000, CHECK_IN.toMillis());
    return start.plusMillis(phase);
  }

  private boolean isSilent(SensorId sensor, Instant at) {
    return faults.of(sensor).equals(Optional.of(SensorFault.DEAD))
        && !at.isBefore(start.plus(LAST_CHARGE));
  }
}
