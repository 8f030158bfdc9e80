package io.gympulse.system.prove;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.Folders;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ProcessFailedException;
import io.gympulse.system.sensing.SensingLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs gyms on a fast clock while faults are injected, then compares what the gateways recorded
/// with what the cloud stored and showed. Exits with 0 only if all checks pass.
@Command(
    name = "gympulse prove",
    mixinStandardHelpOptions = true,
    description =
        "Kills processes and cuts links while a gym's day runs, then checks what was stored.")
public final class Prove implements Callable<Integer> {
  /// A weekday evening, when a gym is busy.
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  @Option(names = "--seed", defaultValue = "1", description = "the day and the faults (default: 1)")
  private long seed;

  @Option(names = "--kills", defaultValue = "20", description = "processes to kill (default: 20)")
  private int kills;

  @Option(names = "--outages", defaultValue = "5", description = "links to fail (default: 5)")
  private int outages;

  @Option(
      names = "--wrong-clocks",
      defaultValue = "4",
      description = "times to set a gateway's clock wrong (default: 4)")
  private int wrongClocks;

  @Option(
      names = "--cloned-cards",
      defaultValue = "1",
      description = "gateways' SD cards to clone and run beside the original (default: 1)")
  private int clonedCards;

  @Option(
      names = "--hours",
      defaultValue = "2",
      description = "simulated hours of the gyms' day (default: 2)")
  private double hours;

  @Option(
      names = "--rate",
      defaultValue = "60",
      description = "speed of the clock, times real time (default: 60)")
  private double rate;

  @Option(
      names = "--data",
      description =
          "a new folder for all files (default: a temporary one, deleted if all checks pass)")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--sensor-faults",
      defaultValue = "some",
      description =
          "none, or some: a stuck, a dead and a chattering sensor per gym (default: some)")
  private String sensorFaults = "some";

  @Option(
      names = "--lost-offs",
      defaultValue = "0",
      description =
          "share of the sensors' reports of inactivity that are lost (default: 0); up to 0.02, and"
              + " without other faults, each kind of sensor has a limit of wrong seconds")
  private double lostOffs;

  private final PrintStream out = System.out;

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(new CommandLine(new Prove()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder =
        data.isPresent()
            ? Files.createDirectories(data.get())
            : Files.createTempDirectory("gympulse-prove");
    try {
      boolean passed = run(folder.toAbsolutePath().normalize());
      if (passed && data.isEmpty()) {
        Folders.delete(folder);
      } else {
        out.println("all files are kept in " + folder);
      }
      return passed ? 0 : 1;
    } catch (FloorPlanException | ProcessFailedException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println("all files are kept in " + folder);
      return 1;
    }
  }

  private boolean run(Path folder) throws IOException, InterruptedException, FloorPlanException {
    ProveRun.Settings settings =
        new ProveRun.Settings(
            seed, new FaultPlan.Size(kills, outages, wrongClocks, clonedCards), hours, rate, START);
    ProveRun.Outcome outcome = new ProveRun(config(folder), settings, out).run();
    Failures failures = new Failures(command(), folder, out);
    failures.check("not_settled", outcome.aggregatesComplete() ? 0 : 1);
    outcome
        .watcherFailure()
        .ifPresent(it -> out.println("watching the gateways' record files failed: " + it));
    failures.check("records_unwatched", outcome.watcherFailure().isPresent() ? 1 : 0);
    failures.check(
        "too_few_crashes_before_acknowledgement", outcome.enoughCrashesBeforeAck() ? 0 : 1);
    RunReport.Conditions conditions =
        new RunReport.Conditions(rate, outcome.lateWindowIsDue(), sensingLimits());
    new RunReport(outcome.gyms(), conditions, out, failures)
        .print(outcome.database(), outcome.alerts(), outcome.observations());
    return failures.none();
  }

  /// The command that repeats this run.
  private String command() {
    return ("./gympulse prove --seed %d --kills %d --outages %d --wrong-clocks %d --cloned-cards %d"
            + " --hours %s --rate %s --sensor-faults %s --lost-offs %s")
        .formatted(
            seed, kills, outages, wrongClocks, clonedCards, hours, rate, sensorFaults, lostOffs);
  }

  /// A gateway that is down, or a sensor that is stuck, causes wrong and unknown seconds that say
  /// nothing of a kind of sensor.
  private SensingLimits sensingLimits() {
    return kills + outages + wrongClocks + clonedCards == 0 && sensorFaults.equals("none")
        ? SensingLimits.with(lostOffs)
        : SensingLimits.none();
  }

  private EnvironmentConfig config(Path folder) {
    Launcher launcher = Launcher.current();
    return new EnvironmentConfig(
        launcher,
        folder,
        List.of(
            launcher.home().resolve("floor-plans/downtown.json"),
            launcher.home().resolve("floor-plans/riverside.json")),
        0,
        Optional.of(ProcessClock.argument(InstantSource.system().instant(), START, rate)),
        EnvironmentConfig.Timing.PRODUCTION,
        new EnvironmentConfig.SensorInput.Simulated(
            seed,
            List.of("--at-hour", "18", "--faults", sensorFaults, "--lost-offs", "" + lostOffs)),
        true,
        Optional.empty());
  }
}
