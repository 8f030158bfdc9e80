package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One machine and its detector; times are milliseconds since the start.
final class TestMachine {
  static final MachineId MACHINE = new MachineId("bike");
  static final Duration STUCK_AFTER = Duration.ofHours(3);
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final OccupancyDetector detector;
  private final List<MachineState> transitions = new ArrayList<>();
  private OccupancyState state;
  private Instant now = START;

  TestMachine(Sensor... sensors) {
    this(Fusion.ANY, sensors);
  }

  TestMachine(Fusion fusion, Sensor... sensors) {
    this(fusion, unknown(UnknownReason.NO_READING, 0), sensors);
  }

  /// @param start the state that is published already
  TestMachine(MachineState start, Sensor... sensors) {
    this(Fusion.ANY, start, sensors);
  }

  private TestMachine(Fusion fusion, MachineState start, Sensor... sensors) {
    detector = new OccupancyDetector(machine(fusion, sensors), STUCK_AFTER);
    state = detector.initial(start);
  }

  TestMachine read(String sensor, boolean active, long at) {
    return step(reading(sensor, active, at));
  }

  /// A reading that arrives later than the sensor says it happened.
  TestMachine read(String sensor, boolean active, long at, long stampedAt) {
    return step(new SensorInput.Reading(new SensorId(sensor), active, at(at), at(stampedAt)));
  }

  TestMachine tick(long at) {
    now = at(at);
    return apply(detector.tick(state, now));
  }

  TestMachine up(String sensor, long at) {
    return step(new SensorInput.SourceUp(new SensorId(sensor), at(at)));
  }

  TestMachine down(String sensor, long at) {
    return step(new SensorInput.SourceDown(new SensorId(sensor), at(at)));
  }

  TestMachine unavailable(String sensor, long at) {
    return step(new SensorInput.Unavailable(new SensorId(sensor), at(at)));
  }

  TestMachine overflow(String sensor, long at) {
    return step(new SensorInput.Overflow(new SensorId(sensor), at(at)));
  }

  TestMachine step(SensorInput input) {
    now = input.at();
    return apply(detector.step(state, input));
  }

  private TestMachine apply(OccupancyDetector.Step step) {
    state = step.state();
    transitions.addAll(step.transitions());
    return this;
  }

  OccupancyDetector detector() {
    return detector;
  }

  OccupancyState state() {
    return state;
  }

  Verdict verdict(String sensor) {
    return sensor(sensor).verdict();
  }

  /// The cause of the verdict in words.
  String reason(String sensor) {
    return sensor(sensor).reason();
  }

  private SensorState sensor(String id) {
    return state.sensors().get(detector.sensors().indexOf(new SensorId(id)));
  }

  List<MachineState> transitions() {
    return transitions;
  }

  MachineState published() {
    return state.published();
  }

  Instant watermark() {
    return detector.watermark(state, now);
  }

  Optional<Instant> nextTick() {
    return detector.nextTick(state);
  }

  static SensorInput reading(String sensor, boolean active, long at) {
    return new SensorInput.Reading(new SensorId(sensor), active, at(at));
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
    return machine(Fusion.ANY, sensors);
  }

  static Machine machine(Fusion fusion, Sensor... sensors) {
    return new Machine(MACHINE, new CategoryId("bike"), "Bike", 0, 0, List.of(sensors), fusion);
  }

  static Sensor level(String id, long settleMillis) {
    return level(id, SensorTiming.NONE.withSettle(Duration.ofMillis(settleMillis)));
  }

  static Sensor level(String id, SensorTiming timing) {
    return sensor(id, Behaviour.LEVEL, timing);
  }

  static Sensor pulse(String id, long vacancyMillis) {
    return pulse(id, SensorTiming.NONE.withVacancyTimeout(Duration.ofMillis(vacancyMillis)));
  }

  static Sensor pulse(String id, SensorTiming timing) {
    SourceConfig mqtt =
        SourceConfig.Mqtt.of(
            MqttPreset.ZIGBEE2MQTT, new TopicFilter("zigbee2mqtt/" + id), "occupancy", true);
    return new Sensor(new SensorId(id), Behaviour.PULSE, mqtt, timing);
  }

  /// A sensor with the timing of its behaviour.
  static Sensor sensor(String id, Behaviour behaviour) {
    return sensor(id, behaviour, behaviour.timing());
  }

  /// A pulse sensor that reports the end of pulses.
  static Sensor gpioPulse(String id, long vacancyMillis) {
    SensorTiming timing = SensorTiming.NONE.withVacancyTimeout(Duration.ofMillis(vacancyMillis));
    return sensor(id, Behaviour.PULSE, timing);
  }

  static Sensor sensor(String id, Behaviour behaviour, SensorTiming timing) {
    return new Sensor(new SensorId(id), behaviour, new SourceConfig.Gpio(4, true), timing);
  }
}
