package io.gympulse.bench.sensing;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.sensor.DeliveryFaults;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.sensing.SensingLimits;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Simulates days of the floor plans' gyms and prints, by kind of sensor, how many seconds per
/// machine-hour its machines had a wrong status. The figure is that of the whole run; beside it is
/// how many of these a free machine was occupied, and how many were wrong against the machine's
/// movement alone, which is all that some sensors detect and to which a plug's limit applies. The
/// exit code says whether every kind
/// keeps its limit.
@Command(
    name = "sensing",
    mixinStandardHelpOptions = true,
    description = "wrong seconds per machine-hour by kind of sensor, in virtual time")
public final class SensingBench implements Callable<Integer> {
  /// A Tuesday at the gyms' empty hour.
  private static final Instant START = Instant.parse("2026-03-03T13:00:00Z");

  private static final double LOST_OFFS = 0.02;
  private static final DeliveryFaults REPEATED =
      new DeliveryFaults(0, Optional.of(Duration.ofHours(2)), Optional.of(Duration.ofSeconds(45)));

  @Option(names = "--seed", defaultValue = "1", description = "the days and faults (default: 1)")
  private long seed;

  @Option(names = "--days", defaultValue = "3", description = "simulated days (default: 3)")
  private long days;

  @Option(
      names = "--at-hour",
      description = "give each hour as many visitors as this one (default: those of a day)")
  private Optional<Integer> atHour = Optional.empty();

  @Option(names = "--floor-plan", description = "the gyms (default: those in floor-plans)")
  private List<Path> floorPlans = List.of();

  private final PrintStream out = System.out;
  private boolean kept = true;

  @Override
  public Integer call() throws FloorPlanException {
    List<FloorPlan> plans = plans();
    out.printf("%d gyms, %d days, seed %d%n", plans.size(), days, seed);
    SimulatedRun clean = run("no faults", plans, DeliveryFaults.none(), SensingLimits.with(0));
    SensingLimits ofLost = SensingLimits.with(LOST_OFFS);
    SimulatedRun lost =
        run(
            "2 % of the reports of inactivity are lost",
            plans, DeliveryFaults.lostOffs(LOST_OFFS), ofLost);
    run(
        "the bridge restarts each 2 h, stamping devices are out of range for 45 s each 30 min",
        plans,
        REPEATED,
        SensingLimits.none());
    out.printf(
        Locale.ROOT,
        "bench sensing: contact=%.1f power=%.1f motion=%.1f rotation=%.1f lost_offs_worst=%.1f%n",
        wrong(clean, Behaviour.CONTACT),
        wrong(clean, Behaviour.POWER),
        wrong(clean, Behaviour.MOTION),
        wrong(clean, Behaviour.ROTATION),
        lost.accuracy().judged().entrySet().stream()
            .filter(it -> ofLost.of(it.getKey()).isPresent())
            .mapToDouble(it -> it.getValue().wrongSecondsPerHour())
            .max()
            .orElse(0));
    return kept ? 0 : 1;
  }

  private ArrivalCurve curve() {
    ArrivalCurve campus = ArrivalCurve.campus();
    return atHour.map(campus::pinnedTo).orElse(campus);
  }

  private List<FloorPlan> plans() throws FloorPlanException {
    Path folder = Launcher.current().home().resolve("floor-plans");
    List<Path> files =
        floorPlans.isEmpty()
            ? List.of(folder.resolve("downtown.json"), folder.resolve("riverside.json"))
            : floorPlans;
    List<FloorPlan> plans = new ArrayList<>();
    for (Path file : files) {
      plans.add(FloorPlanFile.read(file));
    }
    return plans;
  }

  private SimulatedRun run(
      String name, List<FloorPlan> plans, DeliveryFaults faults, SensingLimits limits) {
    SimulatedRun sum = SimulatedRun.NONE;
    for (FloorPlan plan : plans) {
      sum = sum.plus(SimulatedRun.of(plan, curve(), seed, START, Duration.ofDays(days), faults));
    }
    out.printf("%s (%,d messages)%n", name, sum.messages());
    out.printf(
        "  %-10s %13s %10s %10s %12s %10s %10s%n",
        "sensor", "machine-hours", "wrong s/h", "occupied", "by movement", "unknown", "limit");
    for (Map.Entry<Behaviour, Comparison> it : sum.accuracy().byUse().entrySet()) {
      Comparison byMovement =
          sum.accuracy().byMovement().getOrDefault(it.getKey(), Comparison.NONE);
      row(it.getKey(), it.getValue(), byMovement, limits);
    }
    List<Behaviour> exceeded = limits.exceededBy(sum.accuracy());
    exceeded.forEach(it -> out.printf("  over its limit: %s%n", it.wireName()));
    kept &= exceeded.isEmpty();
    return sum;
  }

  private void row(Behaviour kind, Comparison byUse, Comparison byMovement, SensingLimits limits) {
    out.printf(
        Locale.ROOT,
        "  %-10s %13.1f %10.1f %10.1f %12.1f %10.1f %10s%n",
        kind.wireName(),
        byUse.machineHours(),
        byUse.wrongSecondsPerHour(),
        byUse.occupiedSecondsPerHour(),
        byMovement.wrongSecondsPerHour(),
        byUse.unknownSecondsPerHour(),
        limits.of(kind).isPresent() ? limits.of(kind).getAsDouble() : "-");
  }

  private static double wrong(SimulatedRun run, Behaviour kind) {
    return run.accuracy().judged().getOrDefault(kind, Comparison.NONE).wrongSecondsPerHour();
  }
}
