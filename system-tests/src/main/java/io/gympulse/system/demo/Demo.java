package io.gympulse.system.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.link.LinkState;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ProcessFailedException;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Counters;
import io.gympulse.system.rig.Rig;
import io.gympulse.system.rig.RigPlan;
import io.gympulse.system.rig.ShortDuration;
import io.gympulse.system.rig.UpdateCounter;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the whole system on this machine until Ctrl-C, `quit`, or for a given time.
@Command(
    name = "gympulse demo",
    mixinStandardHelpOptions = true,
    description = "Runs the whole system on this machine and prints the address of the live page.")
public final class Demo implements Callable<Integer> {
  private static final RigPlan.Timing LIVELY =
      new RigPlan.Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2));
  private static final int HIGHEST_PORT = 65_535;
  private static final int FASTEST_PACE = 100;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

  /// How long Ctrl-C waits for an orderly end; what has not ended then ends after this process, by
  /// [ParentWatch].
  private static final Duration CTRL_C_LIMIT = Duration.ofMillis(2_500);

  @Option(
      names = "--for",
      converter = ShortDuration.class,
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
      description = "where all is kept; continued if it exists (default: .gympulse/demo)")
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
      description = "how many times faster than in life people move (default: 8)")
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
    try (Rig rig = Rig.start(plan(control), it -> out.println("  " + it));
        UpdateCounter member = new UpdateCounter(rig.page(), _ -> {})) {
      List<DemoGym> gyms = rig.branches().stream().map(DemoGym::new).toList();
      control.show(gyms, member::updates);
      out.println();
      out.println("GymPulse is live: " + rig.page());
      Console console = new Console(gyms, out);
      console.greet();
      if (!noOpen) {
        Browser.open(rig.page());
      }
      Thread.ofPlatform().daemon().name("console").start(() -> read(console, end));
      watch(rig, member, end);
      return finish(rig, member);
    } finally {
      ended.countDown();
    }
  }

  private RigPlan plan(DemoControl control) {
    Launcher launcher = Launcher.current();
    List<Path> plans =
        floorPlans.isEmpty()
            ? List.of(
                launcher.home().resolve("floor-plans/downtown.json"),
                launcher.home().resolve("floor-plans/riverside.json"))
            : floorPlans;
    return new RigPlan(
        launcher,
        data.toAbsolutePath().normalize(),
        plans,
        port,
        Optional.empty(),
        LIVELY,
        new RigPlan.SensorsPlan.Simulated(seed, List.of("--at-hour", "18", "--clock", pacing())),
        false,
        Optional.of(control.address()));
  }

  /// Only the simulated people hurry: their sensors do not tell the time, and every other process
  /// runs on real time.
  private String pacing() {
    Instant now = InstantSource.system().instant();
    return ProcessClock.argument(now, now, pace);
  }

  /// Keeps the member connected until it is time to end.
  private void watch(Rig rig, UpdateCounter member, CountDownLatch end)
      throws InterruptedException {
    long deadline = System.nanoTime() + runFor.orElse(Duration.ofDays(10_000)).toNanos();
    do {
      member.ensureConnected();
      for (Branch branch : rig.branches()) {
        if (!branch.gateway().alive() && !interrupted.get()) {
          throw new ProcessFailedException(
              branch.gateway().name() + " ended; see its log in " + data);
        }
      }
    } while (!end.await(500, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
  }

  /// Lets what is under way arrive, then tells the story in one line. Ctrl-C does not wait for
  /// that: a terminal sends it to the gateways as well, and what waits in their outboxes is kept.
  private int finish(Rig rig, UpdateCounter member) throws InterruptedException {
    rig.branches().forEach(it -> it.setLink(LinkState.UP));
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (!interrupted.get() && rig.counters().waiting() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Counters counters = rig.counters();
    out.printf(
        "demo: recorded=%d waiting=%d acknowledged=%d updates=%d%n",
        counters.recorded(), counters.waiting(), counters.acknowledged(), member.updates());
    boolean whole = counters.waiting() == 0 && counters.recorded() == counters.acknowledged();
    return whole && counters.recorded() > 0 && member.updates() > 0 ? 0 : 1;
  }

  private static void read(Console console, CountDownLatch end) {
    try {
      if (console.obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)))) {
        end.countDown();
      }
    } catch (IOException e) {
      // No console: the page and Ctrl-C remain.
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
}
