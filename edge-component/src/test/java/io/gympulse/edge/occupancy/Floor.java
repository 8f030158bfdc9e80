package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One machine and its detector, driven by hand; times are milliseconds since the start.
final class Floor {
  static final MachineId MACHINE = new MachineId("bike");
  static final Duration STUCK_AFTER = Duration.ofHours(6);
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final OccupancyDetector detector;
  private final List<MachineState> transitions = new ArrayList<>();
  private OccupancyState state;
  private Instant now = START;

  Floor(Sensor... sensors) {
    detector = new OccupancyDetector(machine(sensors), STUCK_AFTER);
    state = detector.initial(unknown(UnknownReason.NO_READING, 0));
  }

  Floor read(String sensor, boolean active, long at) {
    return step(reading(sensor, active, at), at);
  }

  Floor tick(long at) {
    return step(new DetectorInput.Tick(), at);
  }

  Floor down(long at, String... sensors) {
    Set<SensorId> ids = Arrays.stream(sensors).map(SensorId::new).collect(Collectors.toSet());
    return step(new DetectorInput.SourceDown(ids), at);
  }

  Floor step(DetectorInput input, long at) {
    now = at(at);
    Step step = detector.step(state, input, now);
    state = step.state();
    transitions.addAll(step.transitions());
    return this;
  }

  List<MachineState> transitions() {
    return transitions;
  }

  MachineState published() {
    return state.published();
  }

  Instant coveredTo() {
    return detector.coveredTo(state, now);
  }

  Optional<Instant> nextTick() {
    return detector.nextTick(state);
  }

  static DetectorInput reading(String sensor, boolean active, long at) {
    return new DetectorInput.Reading(new SensorReading(new SensorId(sensor), active, at(at)));
  }

  static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  static MachineState occupied(long at) {
    return new MachineState(MACHINE, MachineStatus.OCCUPIED, at(at), Optional.empty());
  }

  static MachineState free(long at) {
    return new MachineState(MACHINE, MachineStatus.FREE, at(at), Optional.empty());
  }

  static MachineState unknown(UnknownReason reason, long at) {
    return new MachineState(MACHINE, MachineStatus.UNKNOWN, at(at), Optional.of(reason));
  }

  static Machine machine(Sensor... sensors) {
    return new Machine(MACHINE, new CategoryId("bike"), "Bike", 0, 0, List.of(sensors));
  }

  static Sensor level(String id, long settleMillis) {
    return sensor(id, SensorBehaviour.LEVEL, settleMillis, 0);
  }

  static Sensor pulse(String id, long vacancyMillis) {
    return sensor(id, SensorBehaviour.PULSE, 0, vacancyMillis);
  }

  private static Sensor sensor(String id, SensorBehaviour behaviour, long settle, long vacancy) {
    return new Sensor(
        new SensorId(id),
        behaviour,
        new SensorSource.Gpio(4, true),
        Duration.ofMillis(settle),
        Duration.ofMillis(vacancy));
  }
}
