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

/// The process that stands for a gym: its people, its sensors and, unless it joins another, its
/// broker. Prints one ready line to standard output, then nothing but its end; logs go to standard
/// error. Exit status: 0 ended by itself, 2 refused (one line on standard error says why), 1
/// failed.
@Command(
    name = "sim",
    description = "Simulate a gym's people and sensors, and publish what the sensors say.",
    mixinStandardHelpOptions = true)
public final class Simulator implements Callable<Integer> {
  private static final long GRACE_MILLIS = 1_500;

  @Mixin private final SimulatorOptions options = new SimulatorOptions();
  private final Stop stop;
  private final PrintStream out;

  Simulator(Stop stop, PrintStream out) {
    this.stop = stop;
    this.out = out;
  }

  public static void main(String[] args) {
    ParentWatch.start();
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-sim.xml");
    }
    Stop stop = new Stop();
    CountDownLatch ended = new CountDownLatch(1);
    Thread terminate = new Thread(() -> end(stop, ended), "terminate");
    Runtime.getRuntime().addShutdownHook(terminate);
    int status = run(stop, System.out, System.err, args);
    ended.countDown();
    System.exit(status);
  }

  /// Runs to its end and returns the exit status.
  static int run(Stop stop, PrintStream out, PrintStream err, String... args) {
    CommandLine line = Refusals.commandLine(new Simulator(stop, out), err);
    line.registerConverter(ProcessClock.class, readable(ProcessClock::parse));
    line.registerConverter(LanAddress.class, readable(LanAddress::parse));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(args);
  }

  @Override
  public Integer call() throws Exception {
    Session session = new Session(options, stop, out);
    if (options.replay.isPresent()) {
      session.replay(options.replay.get());
    } else if (options.floorPlan.isPresent()) {
      session.simulate(options.floorPlan.get());
    } else {
      throw new Refusal("give --floor-plan FILE to simulate a gym, or --replay FILE");
    }
    return 0;
  }

  private static void end(Stop stop, CountDownLatch ended) {
    stop.request();
    try {
      if (!ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(143);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The library shows the message of its own exception type as it is, and wraps all others.
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
