package io.gympulse.bench.detector;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.system.process.Launcher;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures steps of the detectors of forty machines on one thread, with the gateway's JVM flags.
/// The figure is that of the first row: as many readings, most of them repeats, as ticks. The
/// last row is the limit: iterating over the same inputs without a step.
///
/// Seconds are processor time of the whole process, garbage collection included, so that other
/// load on the machine does not matter. The rate by elapsed time is printed beside it.
@Command(
    name = "detector",
    mixinStandardHelpOptions = true,
    description = "steps of the occupancy detector in a second, on one core")
public final class DetectorBench implements Callable<Integer> {
  private static final Duration LENGTH = Duration.ofHours(2);
  private static final int WARM_UPS = 3;

  @Option(
      names = "--rounds",
      defaultValue = "9",
      description = "rounds, of which the median is printed (default: 9)")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "5000000",
      description = "steps per round (default: 5000000)")
  private long steps;

  private final PrintStream out = System.out;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Processor time and elapsed time of a round in nanoseconds.
  private record Round(long processor, long elapsed) {}

  @Override
  public Integer call() throws FloorPlanException {
    Path folder = Launcher.current().home().resolve("floor-plans");
    List<FloorPlan> plans =
        List.of(
            FloorPlanFile.read(folder.resolve("downtown.json")),
            FloorPlanFile.read(folder.resolve("riverside.json")));
    List<Machine> machines =
        plans.stream()
            .flatMap(it -> it.machines().stream())
            .filter(it -> !it.sensors().isEmpty())
            .toList();
    List<SensorReadings.MachineReading> repeated = SensorReadings.of(plans, LENGTH, true);
    List<SensorReadings.MachineReading> plain = SensorReadings.of(plans, LENGTH, false);
    DetectorInputs mixed = DetectorInputs.of(machines, repeated, true, 1);
    out.printf(
        "%d machines, %s of a busy evening, %d rounds of %d steps%n",
        machines.size(), LENGTH, rounds, steps);
    out.printf("%-44s %12s %12s %8s%n", "", "steps/s", "by elapsed", "B/step");
    long figure = row("readings and ticks", mixed.length(), mixed::process);
    DetectorInputs readings = DetectorInputs.of(machines, repeated, true, 0);
    row("readings, repeated each 5 s", readings.length(), readings::process);
    DetectorInputs changes = DetectorInputs.of(machines, plain, true, 0);
    row("readings, nearly all of them changes", changes.length(), changes::process);
    DetectorInputs ticks = DetectorInputs.of(machines, repeated, false, 1);
    row("ticks", ticks.length(), ticks::process);
    row("limit: the first row's inputs without a step", mixed.length(), mixed::iterate);
    out.printf(
        "transitions in a pass of the first row: %d of %d steps%n",
        mixed.process(), mixed.length());
    out.printf("bench detector: steps_per_s=%d%n", figure);
    return 0;
  }

  /// @return steps per second of processor time
  private long row(String name, int length, LongSupplier pass) {
    int passes = (int) Math.max(1, steps / length);
    for (int i = 0; i < WARM_UPS; i++) {
      round(passes, pass);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes();
    List<Round> taken = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      taken.add(round(passes, pass));
    }
    double bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    double stepsInRound = (double) passes * length;
    long perSecond = Math.round(stepsInRound * 1e9 / median(taken, Round::processor));
    out.printf(
        "%-44s %,12d %,12d %8.1f%n",
        name,
        perSecond,
        Math.round(stepsInRound * 1e9 / median(taken, Round::elapsed)),
        bytes / rounds / stepsInRound);
    return perSecond;
  }

  private static long median(List<Round> rounds, ToLongFunction<Round> nanos) {
    return rounds.stream().mapToLong(nanos).sorted().skip(rounds.size() / 2).findFirst().orElse(1);
  }

  private Round round(int passes, LongSupplier pass) {
    long processor = process.getProcessCpuTime();
    long start = System.nanoTime();
    long result = 0;
    for (int i = 0; i < passes; i++) {
      result += pass.getAsLong();
    }
    long elapsed = System.nanoTime() - start;
    if (result < 0) {
      throw new IllegalStateException("a pass returned %d transitions".formatted(result));
    }
    return new Round(process.getProcessCpuTime() - processor, elapsed);
  }
}
