package io.gympulse.sim;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import io.gympulse.sim.SimulatorOptions.FaultChoice;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.day.Transitions;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.replay.Replay;
import io.gympulse.sim.sensor.Faults;
import io.gympulse.sim.sensor.Fitting;
import io.gympulse.sim.sensor.Readings;
import io.gympulse.sim.truth.TruthFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of the simulator, composed from its options.
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final SimulatorOptions options;
  private final ProcessClock clock;
  private final Stop stop;
  private final PrintStream out;

  Session(SimulatorOptions options, Stop stop, PrintStream out) {
    this.options = options;
    this.clock = options.clock;
    this.stop = stop;
    this.out = out;
  }

  /// The gym to simulate.
  private record Plot(
      FloorPlan plan, ArrivalCurve curve, Seed seed, List<Fitting> fittings, Faults faults) {

    GymDay dayAround(Instant start) {
      return new GymDay(plan, seed, curve, start);
    }

    Transitions transitions(Instant start) {
      List<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
      return new Transitions(dayAround(start), machines, start);
    }

    Readings readings(Instant start) {
      return new Readings(dayAround(start), fittings, faults, seed, start);
    }
  }

  void simulate(Path planFile) throws Refusal, IOException, InterruptedException {
    Plot plot = plot(planFile);
    Instant end = options.until.orElse(Instant.MAX);
    if (!clock.instant().isBefore(end)) {
      throw new Refusal("--until %s is past: it is %s".formatted(end, clock.instant()));
    }
    try (TruthFile truth = truthFile();
        Lan lan = Lan.open(options, "gympulse-sim-" + plot.plan().gym().id())) {
      if (!lan.awaitConnection(stop)) {
        return;
      }
      plot.faults().bySensor().forEach((sensor, fault) -> LOG.info("{} is {}", sensor, fault));
      out.printf(
          "ready: sim mqtt=%d gym=%s machines=%d seed=%d%n",
          lan.address().port(),
          plot.plan().gym().id(),
          plot.plan().machines().size(),
          options.seed);
      DeviceMessages.online(plot.fittings()).forEach(lan.sensors()::publish);
      Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      new Playback(
              clock,
              stop,
              truth::append,
              said -> DeviceMessages.of(said).ifPresent(lan.sensors()::publish))
          .run(plot.transitions(start), plot.readings(start), end);
      lan.drain(stop);
      LOG.info("published {}, lost {}", lan.sensors().published(), lan.sensors().lost());
    }
  }

  private Plot plot(Path planFile) throws Refusal {
    FloorPlan plan = read(planFile);
    Seed seed = new Seed(options.seed);
    List<Fitting> fittings = mqttSensors(plan, planFile);
    Faults faults =
        options.faults == FaultChoice.SOME ? Faults.some(fittings, seed) : Faults.none();
    return new Plot(plan, curve(), seed, fittings, faults);
  }

  void replay(Path trace) throws Refusal, IOException, InterruptedException {
    if (!(options.speed > 0) || Double.isInfinite(options.speed)) {
      throw new Refusal("--speed must be more than 0, but is " + options.speed);
    }
    try (BufferedReader lines = open(trace);
        Lan lan = Lan.open(options, "gympulse-replay")) {
      if (!lan.awaitConnection(stop)) {
        return;
      }
      out.printf("ready: sim mqtt=%d replay=%s%n", lan.address().port(), trace);
      Replay replay =
          new Replay(
              options.speed * clock.rate(),
              stop::pause,
              lan.sensors()::publish,
              wrong -> LOG.warn("{} line {}: {}", trace, wrong.number(), wrong.reason()));
      Replay.Tally tally = replay.play(lines);
      lan.drain(stop);
      out.printf(
          "replay: published=%d malformed=%d lost=%d%n",
          tally.published() - lan.sensors().lost(), tally.malformed(), lan.sensors().lost());
    }
  }

  private static BufferedReader open(Path trace) throws Refusal {
    try {
      // Unlike Files.newBufferedReader, a reader of this kind replaces bytes that are no UTF-8.
      return new BufferedReader(
          new InputStreamReader(Files.newInputStream(trace), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Refusal("--replay %s cannot be read: %s".formatted(trace, e));
    }
  }

  private static FloorPlan read(Path file) throws Refusal {
    try {
      return FloorPlanFile.read(file);
    } catch (FloorPlanException e) {
      throw new Refusal("--floor-plan: " + e.getMessage());
    }
  }

  private ArrivalCurve curve() throws Refusal {
    if (options.atHour.isEmpty()) {
      return ArrivalCurve.campus();
    }
    try {
      return ArrivalCurve.campus().pinnedTo(options.atHour.get());
    } catch (IllegalArgumentException e) {
      throw new Refusal("--at-hour: " + e.getMessage());
    }
  }

  private TruthFile truthFile() throws Refusal {
    if (options.truth.isEmpty()) {
      return TruthFile.none();
    }
    try {
      return TruthFile.open(options.truth.get());
    } catch (IOException e) {
      throw new Refusal("--truth %s cannot be written: %s".formatted(options.truth.get(), e));
    }
  }

  private static List<Fitting> mqttSensors(FloorPlan plan, Path file) throws Refusal {
    List<Fitting> fittings =
        Fitting.allOf(plan).stream()
            .filter(fitting -> fitting.sensor().source() instanceof SensorSource.Mqtt)
            .toList();
    if (fittings.isEmpty()) {
      throw new Refusal(
          "floor plan %s has no sensor with an mqtt source: there is nothing to publish"
              .formatted(file));
    }
    return fittings;
  }
}
