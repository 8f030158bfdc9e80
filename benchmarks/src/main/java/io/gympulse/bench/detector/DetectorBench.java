package io.gympulse.bench.detector;

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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Steps of the detectors of forty machines on one thread, on the gateway's own JVM flags. The
/// figure is that of the first row: as many readings, most of them repeats, as ticks. The last row
/// is the limit: walking along the same inputs without a step.
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

  /// @param perSecond the median of the rounds
  private record Figures(long perSecond, long slowest, double bytesEach) {}

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
    out.printf("%-44s %12s %12s %8s%n", "", "steps/s", "slowest", "B/step");
    Figures figures = row("readings and ticks", mixed.length(), mixed::pass);
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
    out.printf("bench detector: steps_per_s=%d%n", figures.perSecond());
    return 0;
  }

  private Figures row(String name, int length, LongSupplier pass) {
    int passes = (int) Math.max(1, steps / length);
    for (int i = 0; i < WARM_UPS; i++) {
      round(passes, pass);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long[] perSecond = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      perSecond[i] = Math.round((double) passes * length * 1e9 / round(passes, pass));
    }
    double bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    Arrays.sort(perSecond);
    Figures figures =
        new Figures(
            perSecond[rounds / 2], perSecond[0], bytes / ((double) rounds * passes * length));
    out.printf(
        "%-44s %,12d %,12d %8.1f%n",
        name, figures.perSecond(), figures.slowest(), figures.bytesEach());
    return figures;
  }

  private static long round(int passes, LongSupplier pass) {
    long start = System.nanoTime();
    long result = 0;
    for (int i = 0; i < passes; i++) {
      result += pass.getAsLong();
    }
    long nanos = System.nanoTime() - start;
    if (result < 0) {
      throw new IllegalStateException("a pass told %d transitions".formatted(result));
    }
    return nanos;
  }
}
