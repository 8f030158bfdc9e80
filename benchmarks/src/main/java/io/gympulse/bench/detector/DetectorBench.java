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

/// Steps of the detectors of forty machines on one thread, on the gateway's own JVM flags. The
/// figure is that of the first row: as many readings, most of them repeats, as ticks. The last row
/// is the limit: walking along the same inputs without a step.
///
/// A second is one of processor time, of the whole process and so with the collection of garbage:
/// what one core does, whatever else runs on the machine. The elapsed time is told beside it.
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
      description = "of which the median is told (default: 9)")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "5000000",
      description = "in a round (default: 5000000)")
  private long steps;

  private final PrintStream out = System.out;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Nanoseconds that a round took.
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
    List<GymHours.Said> repeated = GymHours.of(plans, LENGTH, true);
    List<GymHours.Said> plain = GymHours.of(plans, LENGTH, false);
    Stream mixed = Stream.of(machines, repeated, true, 1);
    out.printf(
        "%d machines, %s of a busy evening, %d rounds of %d steps%n",
        machines.size(), LENGTH, rounds, steps);
    out.printf("%-44s %12s %12s %8s%n", "", "steps/s", "by elapsed", "B/step");
    long figure = row("readings and ticks", mixed.length(), mixed::pass);
    Stream readings = Stream.of(machines, repeated, true, 0);
    row("readings, repeated each 5 s", readings.length(), readings::pass);
    Stream changes = Stream.of(machines, plain, true, 0);
    row("readings, nearly all of them changes", changes.length(), changes::pass);
    Stream ticks = Stream.of(machines, repeated, false, 1);
    row("ticks", ticks.length(), ticks::pass);
    row("limit: the first row's inputs without a step", mixed.length(), mixed::look);
    out.printf(
        "transitions told in a pass of the first row: %d of %d steps%n",
        mixed.pass(), mixed.length());
    out.printf("bench detector: steps_per_s=%d%n", figure);
    return 0;
  }

  /// @return steps in a second of processor time
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
      throw new IllegalStateException("a pass told %d transitions".formatted(result));
    }
    return new Round(process.getProcessCpuTime() - processor, elapsed);
  }
}
