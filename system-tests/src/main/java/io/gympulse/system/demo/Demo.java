package io.gympulse.system.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.OutboxCounters;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Runs the whole system on this machine until Ctrl-C, `quit`, or for a given time.
@Command(
    name = "gympulse demo",
    mixinStandardHelpOptions = true,
    description = "Runs the whole system on this machine and prints the address of the live page.")
public final class Demo implements Callable<Integer> {
  private static final EnvironmentConfig.Timing DEMO_TIMING =
      new EnvironmentConfig.Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2));
  private static final int HIGHEST_PORT = 65_535;
  private static final int FASTEST_PACE = 100;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

  /// How long the shutdown hook waits for the processes; those still running end after this
  /// process, by [ParentWatch].
  private static final Duration CTRL_C_LIMIT = Duration.ofMillis(2_500);

  @Option(
      names = "--for",
      converter = DurationConverter.class,
      description = "end by itself after this time, such as 60s")
  private Optional<Duration> runFor = Optional.empty();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "port of the page and the API (default: 8080)")
  private int port;

  @Option(names = "--no-open", description = "do not open a browser")
  private boolean noOpen;

  @Option(
      names = "--data",
      defaultValue = ".gympulse/demo",
      description = "the data folder; continued if it exists (default: .gympulse/demo)")
  private Path data = Path.of(".gympulse/demo");

  @Option(
      names = "--floor-plan",
      description = "a gym; give it again for another (default: the two in floor-plans/)")
  private List<Path> floorPlans = List.of();

  @Option(names = "--seed", defaultValue = "7", description = "the simulated day (default: 7)")
  private long seed;

  @Option(
      names = "--pace",
      defaultValue = "8",
      description = "how many times faster than in reality people move (default: 8)")
  private double pace;

  private final PrintStream out = System.out;
  private final AtomicBoolean interrupted = new AtomicBoolean();

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      System.err.printf("error: --port %d is not in 0 to %d%n", port, HIGHEST_PORT);
      return 2;
    }
    if (!(pace > 0) || pace > FASTEST_PACE) {
      System.err.printf("error: --pace %s is not more than 0 and at most %d%n", pace, FASTEST_PACE);
      return 2;
    }
    if (!free(port)) {
      System.err.printf("error: port %d is in use; choose another with --port%n", port);
      return 2;
    }
    Files.createDirectories(data);
    try (FileChannel lock =
            FileChannel.open(
                data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        DemoControl control = new DemoControl()) {
      if (lock.tryLock() == null) {
        System.err.printf(
            "error: another demo runs on %s; choose another folder with --data%n", data);
        return 2;
      }
      return run(control);
    } catch (FloorPlanException e) {
      System.err.println("error: " + e.getMessage());
      return 2;
    } catch (ProcessFailedException e) {
      System.err.println("error: " + e.getMessage());
      return 1;
    }
  }

  private int run(DemoControl control)
      throws IOException, InterruptedException, FloorPlanException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  interrupted.set(true);
                  end.countDown();
                  await(ended, CTRL_C_LIMIT);
                }));
    try (TestEnvironment environment =
            TestEnvironment.start(config(control), it -> out.println("  " + it));
        StreamClient stream = StreamClient.connect(environment.apiUri(), _ -> {})) {
      List<GymProcesses> gyms = environment.gyms();
      control.setGyms(gyms, stream::updateCount);
      out.println();
      out.println("GymPulse is live: " + environment.apiUri());
      Console console = new Console(gyms, out);
      console.printHelp();
      if (!noOpen) {
        Browser.open(environment.apiUri());
      }
      Thread.ofPlatform().daemon().name("console").start(() -> read(console, end));
      watch(environment, end);
      return finish(environment, stream);
    } finally {
      ended.countDown();
    }
  }

  private EnvironmentConfig config(DemoControl control) {
    Launcher launcher = Launcher.current();
    List<Path> plans =
        floorPlans.isEmpty()
            ? List.of(
                launcher.home().resolve("floor-plans/downtown.json"),
                launcher.home().resolve("floor-plans/riverside.json"))
            : floorPlans;
    return new EnvironmentConfig(
        launcher,
        data.toAbsolutePath().normalize(),
        plans,
        port,
        Optional.empty(),
        DEMO_TIMING,
        new EnvironmentConfig.SensorInput.Simulated(
            seed, List.of("--at-hour", "18", "--clock", simulatorClock())),
        false,
        Optional.of(control.address()));
  }

  /// A fast clock for the simulators only: sensors' messages carry no time, and all other
  /// processes run in real time.
  private String simulatorClock() {
    Instant now = InstantSource.system().instant();
    return ProcessClock.argument(now, now, pace);
  }

  /// Returns at the end; throws if the cloud or a gateway ends before.
  private void watch(TestEnvironment environment, CountDownLatch end) throws InterruptedException {
    long deadline = System.nanoTime() + runFor.orElse(Duration.ofDays(10_000)).toNanos();
    do {
      requireAlive(environment.cloud().process());
      for (GymProcesses gym : environment.gyms()) {
        requireAlive(gym.gateway());
      }
    } while (!end.await(500, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
  }

  private void requireAlive(ManagedProcess process) {
    if (!process.alive() && !interrupted.get()) {
      throw new ProcessFailedException(process.name() + " ended; see its log in " + data);
    }
  }

  /// Waits until the outboxes are drained, then prints the counters in one line. Ctrl-C does not
  /// wait: a terminal sends it to the gateways as well, and waiting events stay in their
  /// outboxes.
  private int finish(TestEnvironment environment, StreamClient stream) throws InterruptedException {
    environment.gyms().forEach(it -> it.setLink(NetworkLink.State.UP));
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (!interrupted.get()
        && environment.counters().waiting() > 0
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    OutboxCounters counters = environment.counters();
    out.printf(
        "demo: recorded=%d waiting=%d acknowledged=%d updates=%d%n",
        counters.recorded(), counters.waiting(), counters.acknowledged(), stream.updateCount());
    boolean complete = counters.waiting() == 0 && counters.recorded() == counters.acknowledged();
    return complete && counters.recorded() > 0 && stream.updateCount() > 0 ? 0 : 1;
  }

  private static void read(Console console, CountDownLatch end) {
    try {
      if (console.run(new BufferedReader(new InputStreamReader(System.in, UTF_8)))) {
        end.countDown();
      }
    } catch (IOException e) {
      // Without a console the demo is controlled by the page and Ctrl-C.
    }
  }

  private static void await(CountDownLatch latch, Duration limit) {
    try {
      var _ = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean free(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /// Parses a duration such as `90s`, `5m` or `2h`.
  private static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh])");

    @Override
    public Duration convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s' is not a duration such as 90s, 5m or 2h".formatted(text));
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    }
  }
}
