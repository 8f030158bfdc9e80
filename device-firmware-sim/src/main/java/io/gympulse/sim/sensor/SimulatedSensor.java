package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SensorFaults.SensorFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// How a sensor reacts to one use of its machine. Stateless; randomness is an argument.
sealed interface SimulatedSensor
    permits SimulatedSensor.Level,
        SimulatedSensor.Pulse,
        SimulatedSensor.Stuck,
        SimulatedSensor.Chattering,
        PressureMat,
        MotionDetector,
        ShockDetector,
        RotationContact,
        PowerPlug {

  /// What the sensor detects at a time, and reports.
  ///
  /// @param watts only of a power sensor
  record Report(Instant at, boolean active, OptionalDouble watts) {
    Report(Instant at, boolean active) {
      this(at, active, OptionalDouble.empty());
    }
  }

  /// The sensor's reports in order of time, none before the use begins. A sensor without a fault
  /// ends inactive, except that a wheel may stop with its magnet at the contact.
  List<Report> reports(MachineUse use, RandomGenerator random);

  /// Whether the sensor reports a new detection while it is active.
  default boolean repeatsActive() {
    return true;
  }

  /// The simulation of a sensor by its behaviour, source and fault. What differs between
  /// two devices of a kind, such as a fixed delay, follows from the sensor's id.
  static SimulatedSensor of(MountedSensor mounted, Optional<SensorFault> fault) {
    if (fault.equals(Optional.of(SensorFault.STUCK))) {
      return new Stuck();
    }
    if (fault.equals(Optional.of(SensorFault.CHATTERING))) {
      return new Chattering();
    }
    Sensor sensor = mounted.sensor();
    RandomGenerator device = new Seed(0).split(sensor.id().value()).random();
    // A Zigbee device debounces its contact by itself.
    Duration settle = isZigbee(sensor) ? Duration.ZERO : sensor.timing().settle();
    return switch (sensor.behaviour()) {
      case LEVEL, CONTACT -> new Level(settle);
      case PULSE -> new Pulse();
      case MOTION ->
          isZigbee(sensor)
              ? MotionDetector.Reporting.device(sensor.timing().deviceHold(), device)
              : MotionDetector.Raw.device(device);
      case VIBRATION -> isZigbee(sensor) ? new ShockDetector() : new Pulse();
      case ROTATION -> RotationContact.on(mounted.category());
      case POWER -> new PowerPlug(PowerPlug.standby(sensor.id()));
      case PRESSURE -> new PressureMat(new Level(settle));
    };
  }

  /// Whether the sensor's messages are those of a bridge, which remembers the device's readings.
  static boolean isZigbee(Sensor sensor) {
    return sensor.source() instanceof SourceConfig.Mqtt mqtt
        && mqtt.preset() == MqttPreset.ZIGBEE2MQTT;
  }

  /// Whether the device runs on a battery behind a bridge, so that it sends seldom.
  static boolean isBatteryPowered(Sensor sensor) {
    return isZigbee(sensor) && sensor.behaviour() != Behaviour.POWER;
  }

  /// A reed contact or a seat switch: holds its level while the machine is in use. Its contact
  /// bounces for at most half the settle time around each change, and not at all where the settle
  /// time is zero (the device debounces by itself). The first edge of a change is at its true time.
  record Level(Duration settle) implements SimulatedSensor {
    private static final long MAX_BOUNCE_MILLIS = 60;

    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      List<Report> reports = new ArrayList<>();
      change(reports, use.from(), true, random);
      change(reports, use.to(), false, random);
      return reports;
    }

    private void change(List<Report> reports, Instant at, boolean active, RandomGenerator random) {
      reports.add(new Report(at, active));
      long window = Math.min(settle.toMillis() / 2, MAX_BOUNCE_MILLIS);
      if (window < 10) {
        return;
      }
      int bounces = random.nextInt(4);
      long[] offsets = random.longs(2L * bounces, 1, window).distinct().sorted().toArray();
      // An even number of extra edges, so that the contact ends at its new level.
      for (int i = 0; i + 1 < offsets.length; i += 2) {
        reports.add(new Report(at.plusMillis(offsets[i]), !active));
        reports.add(new Report(at.plusMillis(offsets[i + 1]), active));
      }
    }
  }

  /// A wired vibration switch: short pulses at random intervals while the machine moves, none
  /// during rests.
  record Pulse() implements SimulatedSensor {
    private static final long WIDTH_MILLIS = 800;
    private static final long MIN_GAP_MILLIS = 1_500;
    private static final long MAX_GAP_MILLIS = 9_000;

    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      List<Report> reports = new ArrayList<>();
      for (Instant at : shocks(use, random)) {
        reports.add(new Report(at, true));
        reports.add(new Report(at.plusMillis(WIDTH_MILLIS), false));
      }
      return reports;
    }

    /// When the moving machine shakes its sensor.
    static List<Instant> shocks(MachineUse use, RandomGenerator random) {
      List<Instant> shocks = new ArrayList<>();
      for (Effort effort : use.efforts()) {
        Instant at = effort.from();
        while (at.isBefore(effort.to())) {
          shocks.add(at);
          at = at.plusMillis(random.nextLong(MIN_GAP_MILLIS, MAX_GAP_MILLIS));
        }
      }
      return shocks;
    }
  }

  /// See [SensorFault#STUCK].
  record Stuck() implements SimulatedSensor {
    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      return List.of(new Report(use.from(), true));
    }
  }

  /// See [SensorFault#CHATTERING].
  record Chattering() implements SimulatedSensor {
    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      List<Report> reports = new ArrayList<>();
      boolean active = true;
      Instant at = use.from();
      while (at.isBefore(use.to())) {
        reports.add(new Report(at, active));
        active = !active;
        at = at.plusMillis(random.nextLong(200, 2_500));
      }
      reports.add(new Report(use.to(), false));
      return reports;
    }
  }
}
