package io.gympulse.sim;

import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.sim.lan.LanAddress;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/// A process that simulates a gym: its people, its sensors and, unless it joins one, its broker.
/// Standard output has a ready line, and with `--replay` a final line; logs go to standard error.
/// Exit status: 0 the run has ended, 1 an error, 2 invalid options (one line on standard error says
/// why).
@Command(
    name = "sim",
    description = "Simulate a gym's people and sensors, and publish the sensors' readings.",
    mixinStandardHelpOptions = true)
public final class Simulator implements Callable<Integer> {
  private static final long GRACE_MILLIS = 1_500;

  @Mixin private final SimulatorOptions options = new SimulatorOptions();
  private final StopSignal stop;
  private final PrintStream out;

  Simulator(StopSignal stop, PrintStream out) {
    this.stop = stop;
    this.out = out;
  }

  public static void main(String[] args) {
    ParentWatch.start();
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-sim.xml");
    }
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    Thread terminate = new Thread(() -> end(stop, ended), "terminate");
    Runtime.getRuntime().addShutdownHook(terminate);
    int status = run(stop, System.out, System.err, args);
    ended.countDown();
    System.exit(status);
  }

  /// Runs the command and returns the exit status.
  static int run(StopSignal stop, PrintStream out, PrintStream err, String... args) {
    CommandLine line = UsageException.commandLine(new Simulator(stop, out), err);
    line.registerConverter(ProcessClock.class, readable(ProcessClock::parse));
    line.registerConverter(LanAddress.class, readable(LanAddress::parse));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(args);
  }

  @Override
  public Integer call() throws Exception {
    SimulationRun run = new SimulationRun(options, stop, out);
    if (options.replay.isPresent()) {
      run.replay(options.replay.get());
    } else if (options.floorPlan.isPresent()) {
      run.simulate(options.floorPlan.get());
    } else {
      throw new UsageException("give --floor-plan FILE to simulate a gym, or --replay FILE");
    }
    return 0;
  }

  private static void end(StopSignal stop, CountDownLatch ended) {
    stop.request();
    try {
      if (!ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(143);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Converts an exception to picocli's own type, the only one whose message it shows unchanged.
  private static <T> ITypeConverter<T> readable(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
