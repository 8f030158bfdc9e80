package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SensorFaults.SensorFault;
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

/// The readings of a gym's sensors from a start time, as an infinite stream in order of time: at
/// the start the state of every sensor, then its changes, and every [#REPEAT_INTERVAL] its state
/// again, for a gateway that missed a change. A pulse sensor repeats inactive, which only shows
/// that it works. Depends only on the arguments. Not thread-safe.
public final class SimulatedReadings implements Iterator<SimulatedReadings.SimulatedReading> {
  /// A sensor reports that it is active (it detects a person) or not. Polarity is part of the
  /// format.
  ///
  /// @param at the time of the report, in whole milliseconds
  public record SimulatedReading(Instant at, MountedSensor sensor, boolean active) {}

  public static final Duration REPEAT_INTERVAL = Duration.ofMinutes(5);

  /// How long after the start a sensor with [SensorFault#DEAD] still sends.
  static final Duration DEAD_AFTER = Duration.ofMinutes(10);

  private enum Kind {
    CHANGE,
    REPEAT
  }

  private record ScheduledReading(Instant at, Kind kind, MountedSensor sensor, boolean active) {}

  private final Iterator<MachineUse> uses;
  private final Map<MachineId, List<MountedSensor>> byMachine;
  private final Map<SensorId, Boolean> levels = new HashMap<>();
  private final SensorFaults faults;
  private final Seed seed;
  private final Instant start;
  private final PriorityQueue<ScheduledReading> agenda =
      new PriorityQueue<>(
          Comparator.comparing(ScheduledReading::at)
              .thenComparing(ScheduledReading::kind)
              .thenComparing(due -> due.sensor().sensor().id()));
  private MachineUse nextUse;

  /// @param uses infinite, in order of their start; may begin before the start
  /// @param sensors not empty; uses of machines without a sensor have no readings
  public SimulatedReadings(
      Iterator<MachineUse> uses,
      Collection<MountedSensor> sensors,
      SensorFaults faults,
      Seed seed,
      Instant start) {
    if (sensors.isEmpty()) {
      throw new IllegalArgumentException("there is no sensor to simulate");
    }
    this.uses = uses;
    this.byMachine = sensors.stream().collect(Collectors.groupingBy(MountedSensor::machine));
    this.faults = faults;
    this.seed = seed;
    this.start = start;
    sensors.forEach(it -> agenda.add(new ScheduledReading(start, Kind.REPEAT, it, false)));
    nextUse = uses.next();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public SimulatedReading next() {
    while (true) {
      while (!nextUse.from().isAfter(agenda.element().at())) {
        if (nextUse.to().isAfter(start)) {
          plan(nextUse);
        }
        nextUse = uses.next();
      }
      ScheduledReading due = agenda.remove();
      Optional<SimulatedReading> reading = reading(due);
      if (reading.isPresent()) {
        return reading.get();
      }
    }
  }

  private void plan(MachineUse use) {
    for (MountedSensor sensor : byMachine.getOrDefault(use.machine(), List.of())) {
      SensorId id = sensor.sensor().id();
      Seed ofUse = seed.split(id.value()).split(use.from().toEpochMilli());
      SimulatedSensor.of(sensor.sensor(), faults.of(id))
          .edges(use, ofUse.random())
          .forEach(
              edge ->
                  agenda.add(new ScheduledReading(edge.at(), Kind.CHANGE, sensor, edge.active())));
    }
  }

  private Optional<SimulatedReading> reading(ScheduledReading due) {
    SensorId id = due.sensor().sensor().id();
    boolean level =
        switch (due.kind()) {
          case CHANGE -> due.active();
          case REPEAT -> levels.getOrDefault(id, false);
        };
    if (due.sensor().sensor().behaviour().model() == Model.LEVEL) {
      levels.put(id, level);
    }
    if (due.kind() == Kind.REPEAT) {
      agenda.add(new ScheduledReading(nextRepeat(due), Kind.REPEAT, due.sensor(), false));
    }
    return due.at().isBefore(start) || isSilent(id, due.at())
        ? Optional.empty()
        : Optional.of(new SimulatedReading(due.at(), due.sensor(), level));
  }

  /// The first repetition comes after a part of the interval that differs from sensor to sensor, so
  /// that they don't all send at once.
  private Instant nextRepeat(ScheduledReading due) {
    if (due.at().isAfter(start)) {
      return due.at().plus(REPEAT_INTERVAL);
    }
    long phase =
        seed.split(due.sensor().sensor().id().value())
            .random()
            .nextLong(1_000, REPEAT_INTERVAL.toMillis());
    return start.plusMillis(phase);
  }

  private boolean isSilent(SensorId sensor, Instant at) {
    return faults.of(sensor).equals(Optional.of(SensorFault.DEAD))
        && !at.isBefore(start.plus(DEAD_AFTER));
  }
}
