package io.gympulse.sim;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import io.gympulse.sim.SimulatorOptions.FaultChoice;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GroundTruth;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.replay.Replay;
import io.gympulse.sim.sensor.DeliveryFaults;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SensorFaults;
import io.gympulse.sim.sensor.SimulatedReadings;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import io.gympulse.sim.truth.TruthFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of the simulator, composed from its options.
final class SimulationRun {
  private static final Logger LOG = LoggerFactory.getLogger(SimulationRun.class);

  private final SimulatorOptions options;
  private final ProcessClock clock;
  private final StopSignal stop;
  private final PrintStream out;

  SimulationRun(SimulatorOptions options, StopSignal stop, PrintStream out) {
    this.options = options;
    this.clock = options.clock;
    this.stop = stop;
    this.out = out;
  }

  /// The gym to simulate, and with what.
  private record Scenario(
      FloorPlan plan,
      ArrivalCurve curve,
      Seed seed,
      List<MountedSensor> sensors,
      SensorFaults faults,
      DeliveryFaults delivery) {

    GymDay day(Instant start) {
      return new GymDay(plan, seed, curve, start);
    }

    GroundTruth transitions(Instant start) {
      List<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
      return new GroundTruth(day(start), machines, start);
    }

    Iterator<SimulatedReading> readings(Instant start) {
      return delivery.applyTo(
          new SimulatedReadings(day(start), sensors, faults, seed, start), seed);
    }
  }

  void simulate(Path planFile) throws UsageException, IOException, InterruptedException {
    Scenario scenario = scenario(planFile);
    Instant end = options.until.orElse(Instant.MAX);
    if (!clock.instant().isBefore(end)) {
      throw new UsageException("--until %s is past: it is %s".formatted(end, clock.instant()));
    }
    try (TruthFile truth = truthFile();
        GymLan lan = GymLan.open(options, "gympulse-sim-" + scenario.plan().gym().id())) {
      if (!lan.awaitConnection(stop)) {
        return;
      }
      scenario.faults().bySensor().forEach((sensor, fault) -> LOG.info("{} is {}", sensor, fault));
      out.printf(
          "ready: sim mqtt=%d gym=%s machines=%d seed=%d%n",
          lan.address().port(),
          scenario.plan().gym().id(),
          scenario.plan().machines().size(),
          options.seed);
      DeviceMessages.online(scenario.sensors()).forEach(lan.sensors()::publish);
      Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      new Playback(
              clock,
              stop,
              truth::append,
              reading -> DeviceMessages.all(reading).forEach(lan.sensors()::publish))
          .run(scenario.transitions(start), scenario.readings(start), end);
      lan.drain(stop);
      LOG.info("published {}, lost {}", lan.sensors().published(), lan.sensors().lost());
    }
  }

  private Scenario scenario(Path planFile) throws UsageException {
    FloorPlan plan = read(planFile);
    Seed seed = new Seed(options.seed);
    List<MountedSensor> sensors = mqttSensors(plan, planFile);
    SensorFaults faults =
        options.faults == FaultChoice.SOME ? SensorFaults.some(sensors, seed) : SensorFaults.none();
    return new Scenario(plan, curve(), seed, sensors, faults, deliveryFaults());
  }

  private DeliveryFaults deliveryFaults() throws UsageException {
    try {
      return new DeliveryFaults(
          options.lostOffs,
          options.bridgeRestarts.map(Duration::ofMinutes),
          options.outages.map(Duration::ofSeconds));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  void replay(Path trace) throws UsageException, IOException, InterruptedException {
    if (!(options.speed > 0) || Double.isInfinite(options.speed)) {
      throw new UsageException("--speed must be more than 0, but is " + options.speed);
    }
    try (BufferedReader lines = open(trace);
        GymLan lan = GymLan.open(options, "gympulse-replay")) {
      if (!lan.awaitConnection(stop)) {
        return;
      }
      out.printf("ready: sim mqtt=%d replay=%s%n", lan.address().port(), trace);
      Replay replay =
          new Replay(
              options.speed * clock.rate(),
              stop::pause,
              lan.sensors()::publish,
              it -> LOG.warn("{} line {}: {}", trace, it.number(), it.reason()));
      Replay.Counts counts = replay.play(lines);
      lan.drain(stop);
      out.printf(
          "replay: published=%d malformed=%d lost=%d%n",
          counts.published() - lan.sensors().lost(), counts.malformed(), lan.sensors().lost());
    }
  }

  private static BufferedReader open(Path trace) throws UsageException {
    try {
      // Unlike Files.newBufferedReader, this reader replaces bytes that are not UTF-8.
      return new BufferedReader(
          new InputStreamReader(Files.newInputStream(trace), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException("--replay %s cannot be read: %s".formatted(trace, e));
    }
  }

  private static FloorPlan read(Path file) throws UsageException {
    try {
      return FloorPlanFile.read(file);
    } catch (FloorPlanException e) {
      throw new UsageException("--floor-plan: " + e.getMessage());
    }
  }

  private ArrivalCurve curve() throws UsageException {
    if (options.atHour.isEmpty()) {
      return ArrivalCurve.campus();
    }
    try {
      return ArrivalCurve.campus().pinnedTo(options.atHour.get());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--at-hour: " + e.getMessage());
    }
  }

  private TruthFile truthFile() throws UsageException {
    if (options.truth.isEmpty()) {
      return TruthFile.none();
    }
    try {
      return TruthFile.open(options.truth.get());
    } catch (IOException e) {
      throw new UsageException(
          "--truth %s cannot be written: %s".formatted(options.truth.get(), e));
    }
  }

  private static List<MountedSensor> mqttSensors(FloorPlan plan, Path file) throws UsageException {
    List<MountedSensor> sensors =
        MountedSensor.allOf(plan).stream()
            .filter(it -> it.sensor().source() instanceof SourceConfig.Mqtt)
            .toList();
    if (sensors.isEmpty()) {
      throw new UsageException(
          "floor plan %s has no sensor with an mqtt source: there is nothing to publish"
              .formatted(file));
    }
    return sensors;
  }
}
