package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
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
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/// The readings of a gym's sensors from a start time, as an infinite stream in order of time: at
/// the start the state of every sensor, then its changes, and at intervals its state again: each
/// [#REPEAT_INTERVAL], of a power plug each [PowerPlug#INTERVAL], of a battery-powered device each
/// [#CHECK_IN_INTERVAL]. Depends only on the arguments. Not thread-safe.
public final class SimulatedReadings implements Iterator<SimulatedReadings.SimulatedReading> {
  /// A sensor reports that it is active (it detects a person) or not. Polarity is part of the
  /// format.
  ///
  /// @param at the time of the message, in whole milliseconds
  /// @param watts what a power sensor measures
  /// @param cause why there is a message
  /// @param measuredAt when the sensor measured it; before `at` if the message was held up
  /// @param checkIns how often the device has reported its own state, such as that of its battery
  public record SimulatedReading(
      Instant at,
      MountedSensor sensor,
      boolean active,
      OptionalDouble watts,
      Cause cause,
      Instant measuredAt,
      int checkIns) {
    /// A change, without watts.
    public SimulatedReading(Instant at, MountedSensor sensor, boolean active) {
      this(at, sensor, active, OptionalDouble.empty(), Cause.CHANGE, at, 0);
    }

    SimulatedReading withLevelOf(SimulatedReading other) {
      return new SimulatedReading(
          at, sensor, other.active, other.watts, cause, measuredAt, checkIns);
    }

    SimulatedReading sentAt(Instant changed, Cause why) {
      return new SimulatedReading(changed, sensor, active, watts, why, measuredAt, checkIns);
    }
  }

  /// Why a message is published.
  public enum Cause {
    /// The sensor detects something, or no longer.
    CHANGE,
    /// The sensor repeats what it detects.
    REPEAT,
    /// The device reports the state of its battery, and its bridge adds what it last received of
    /// the sensor.
    CHECK_IN,
    /// The bridge was restarted and publishes what it last received of all devices.
    BRIDGE_RESTART
  }

  public static final Duration REPEAT_INTERVAL = Duration.ofMinutes(5);

  /// How often a battery-powered Zigbee device reports without a change.
  public static final Duration CHECK_IN_INTERVAL = Duration.ofMinutes(50);

  /// How long after the start a sensor with [SensorFault#DEAD] still sends.
  static final Duration DEAD_AFTER = Duration.ofMinutes(10);

  private enum Kind {
    CHANGE,
    REPEAT
  }

  private record ScheduledReading(
      Instant at, Kind kind, MountedSensor sensor, boolean active, OptionalDouble watts) {}

  /// What a sensor detects at present.
  private record Level(boolean active, OptionalDouble watts, int checkIns) {
    Level checkedIn(int times) {
      return new Level(active, watts, checkIns + times);
    }
  }

  private final Iterator<MachineUse> uses;
  private final Map<MachineId, List<MountedSensor>> byMachine;
  private final Map<SensorId, Level> levels = new HashMap<>();
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
    for (MountedSensor it : sensors) {
      levels.put(it.sensor().id(), new Level(false, standby(it), 0));
      agenda.add(repeat(it, start));
    }
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
      SimulatedSensor simulated = SimulatedSensor.of(sensor, faults.of(id));
      // A sensor that still reacts to the use before goes on with this one.
      boolean stillActive = agenda.removeIf(it -> isChangeOf(it, id, use.from()));
      simulated.reports(use, ofUse.random()).stream()
          .skip(stillActive && !simulated.repeatsActive() ? 1 : 0)
          .forEach(
              it ->
                  agenda.add(
                      new ScheduledReading(it.at(), Kind.CHANGE, sensor, it.active(), it.watts())));
    }
  }

  private static boolean isChangeOf(ScheduledReading due, SensorId sensor, Instant from) {
    return due.kind() == Kind.CHANGE
        && !due.at().isBefore(from)
        && due.sensor().sensor().id().equals(sensor);
  }

  private Optional<SimulatedReading> reading(ScheduledReading due) {
    SensorId id = due.sensor().sensor().id();
    Level before = levels.getOrDefault(id, new Level(false, OptionalDouble.empty(), 0));
    Cause cause = due.kind() == Kind.CHANGE ? Cause.CHANGE : causeOfRepeats(due.sensor().sensor());
    Level now =
        due.kind() == Kind.CHANGE
            ? new Level(due.active(), due.watts(), before.checkIns())
            : before.checkedIn(cause == Cause.CHECK_IN ? 1 : 0);
    levels.put(id, now);
    if (due.kind() == Kind.REPEAT) {
      agenda.add(repeat(due.sensor(), nextRepeat(due)));
    }
    return due.at().isBefore(start) || isSilent(id, due.at())
        ? Optional.empty()
        : Optional.of(
            new SimulatedReading(
                due.at(),
                due.sensor(),
                now.active(),
                measured(due, now.watts()),
                cause,
                due.at(),
                now.checkIns()));
  }

  /// A repeated measurement differs a little from the one before.
  private OptionalDouble measured(ScheduledReading due, OptionalDouble watts) {
    if (due.kind() == Kind.CHANGE || watts.isEmpty()) {
      return watts;
    }
    Seed ofRepeat = seed.split(due.sensor().sensor().id().value()).split(due.at().toEpochMilli());
    return OptionalDouble.of(PowerPlug.repeated(watts.getAsDouble(), ofRepeat.random()));
  }

  private static OptionalDouble standby(MountedSensor sensor) {
    return sensor.sensor().behaviour() == Behaviour.POWER
        ? OptionalDouble.of(PowerPlug.standby(sensor.sensor().id()))
        : OptionalDouble.empty();
  }

  /// A battery-powered device that holds a level reports it when it checks in; one that reports
  /// events does not.
  private static Cause causeOfRepeats(Sensor sensor) {
    return SimulatedSensor.isBatteryPowered(sensor) && sensor.behaviour().model() != Model.LEVEL
        ? Cause.CHECK_IN
        : Cause.REPEAT;
  }

  private static ScheduledReading repeat(MountedSensor sensor, Instant at) {
    return new ScheduledReading(at, Kind.REPEAT, sensor, false, OptionalDouble.empty());
  }

  private static Duration repeatInterval(Sensor sensor) {
    if (sensor.behaviour() == Behaviour.POWER) {
      return PowerPlug.INTERVAL;
    }
    return SimulatedSensor.isBatteryPowered(sensor) ? CHECK_IN_INTERVAL : REPEAT_INTERVAL;
  }

  /// The first repetition comes after a part of the interval that differs from sensor to sensor, so
  /// that they don't all send at once.
  private Instant nextRepeat(ScheduledReading due) {
    Duration interval = repeatInterval(due.sensor().sensor());
    if (due.at().isAfter(start)) {
      return due.at().plus(interval);
    }
    long phase =
        seed.split(due.sensor().sensor().id().value())
            .random()
            .nextLong(1_000, interval.toMillis());
    return start.plusMillis(phase);
  }

  private boolean isSilent(SensorId sensor, Instant at) {
    return faults.of(sensor).equals(Optional.of(SensorFault.DEAD))
        && !at.isBefore(start.plus(DEAD_AFTER));
  }
}
