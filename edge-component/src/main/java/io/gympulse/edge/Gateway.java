package io.gympulse.edge;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfigurationFile;
import io.gympulse.edge.doctor.Check;
import io.gympulse.edge.doctor.CheckRun;
import io.gympulse.edge.doctor.Checks;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.OutboxException;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.supervision.SystemdNotifier;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The gateway's process.
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = "Reads a gym's sensors and sends machine events to the cloud.")
public final class Gateway implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int EXIT_OK = 0;
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_INVALID = 2;
  private static final int EXIT_NUCLEUS_LOST = 4;
  // A component is checked on a machine that also starts its nucleus.
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

  @Option(names = "--config", required = true, description = "The gateway's configuration file.")
  private Path config = Path.of("gateway.json");

  @Option(names = "--record", description = "Write each durable event to this file.")
  private @Nullable Path record;

  @Option(
      names = "--check",
      description = "Check whether the gateway could start, without starting it, and end.")
  private boolean check;

  @Option(names = "--report", description = "Print counters at this interval in seconds.")
  private int report;

  @Option(
      names = "--release-quarantined",
      description = "Send quarantined events again, after fixing the cause of their rejection.")
  private boolean releaseQuarantined;

  @Option(names = "--clock", description = "EPOCH,RATE: run on scaled time.")
  private @Nullable ProcessClock clock;

  @Option(
      names = "--clock-file",
      description = "With --clock: a file that specifies clock faults, for tests.")
  private @Nullable Path clockFile;

  private final PrintStream out = System.out;

  private Gateway() {}

  public static void main(String[] arguments) {
    ParentWatch.start();
    Thread.setDefaultUncaughtExceptionHandler(Gateway::threadFailed);
    CommandLine line = new CommandLine(new Gateway());
    line.registerConverter(ProcessClock.class, Gateway::clock);
    line.setParameterExceptionHandler(
        (e, _) -> {
          line.getErr().println("error: " + e.getMessage());
          return EXIT_INVALID;
        });
    System.exit(line.execute(arguments));
  }

  /// A gateway without one of its threads would look alive but do nothing.
  private static void threadFailed(Thread thread, Throwable e) {
    LOG.error("thread {} has failed; the gateway must be restarted", thread.getName(), e);
    Runtime.getRuntime().halt(EXIT_FAILED);
  }

  private static ProcessClock clock(String text) {
    try {
      return ProcessClock.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      if (check) {
        check();
        return EXIT_OK;
      }
      Ending ending = run();
      System.err.println("error: " + ending.reason() + "; the gateway must be restarted");
      return ending.exitCode();
    } catch (ConfigurationException | OutboxException | IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      return EXIT_INVALID;
    }
  }

  /// A check that fails is an error; a warning is left to `doctor`.
  private void check() throws ConfigurationException, IOException {
    GatewayConfiguration configuration = GatewayConfigurationFile.read(config);
    List<Check> checks =
        Checks.ofStart(configuration, ProcessClock.real(), () -> Uplinks.of(configuration).close());
    for (CheckRun.Result result : new CheckRun(checks, CHECK_LIMIT).run()) {
      if (result.finding().status() == Check.Status.FAILED) {
        throw new ConfigurationException(result.finding().message());
      }
    }
    out.println("checked: the gateway can start");
  }

  /// Why the process ends by itself.
  ///
  /// @param reason a clause
  private record Ending(int exitCode, String reason) {}

  /// Returns only if occupancy or outbox have failed, or the nucleus is lost; a supervisor then
  /// restarts the process.
  private Ending run() throws ConfigurationException, IOException, InterruptedException {
    GatewayConfiguration configuration = GatewayConfigurationFile.read(config);
    Uplink uplink = Uplinks.of(configuration);
    GatewayTime time =
        clock == null
            ? GatewayClocks.ofMachine(configuration.timing().clock())
            : GatewayClocks.ofProcess(clock, Optional.ofNullable(clockFile));
    ProcessClock pace = clock == null ? ProcessClock.real() : clock;
    SqliteOutbox outbox =
        SqliteOutbox.open(
            configuration.dataDir(), time, configuration.uplink().previousProcessEndsWithin());
    if (releaseQuarantined) {
      release(outbox);
    }
    Optional<AppendLog> appendLog =
        record == null ? Optional.empty() : Optional.of(new AppendLog(record));
    RunningGateway gateway =
        new RunningGateway(configuration, outbox, uplink, appendLog, time, pace);
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
    gateway.start();
    SystemdNotifier.of(System.getenv()).ifPresent(gateway::superviseBy);
    out.printf("ready: gateway outbox=%s%n", outbox.id());
    return reportUntil(ending(outbox, gateway, uplink), gateway);
  }

  private void release(SqliteOutbox outbox) {
    List<SeqRange> quarantined =
        SeqRange.covering(outbox.quarantined().stream().map(it -> it.event().seq()).toList());
    var _ = outbox.release(quarantined).thenAccept(it -> out.printf("released: events=%d%n", it));
  }

  private static CompletableFuture<Ending> ending(
      SqliteOutbox outbox, RunningGateway gateway, Uplink uplink) {
    CompletableFuture<Ending> failure =
        outbox
            .broken()
            .thenApply(it -> String.valueOf(it.getMessage()))
            .applyToEither(
                gateway.broken().thenApply(it -> "the occupancy thread has failed: " + it),
                it -> new Ending(EXIT_FAILED, it));
    return uplink
        .ended()
        .thenApply(it -> new Ending(EXIT_NUCLEUS_LOST, it))
        .applyToEither(failure, it -> it);
  }

  private Ending reportUntil(CompletableFuture<Ending> ending, RunningGateway gateway)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    var _ = ending.thenRun(ended::countDown);
    if (report <= 0) {
      ended.await();
    }
    while (!ended.await(report, TimeUnit.SECONDS)) {
      Counts counts = gateway.counts();
      out.printf(
          "counters: recorded=%d waiting=%d acknowledged=%d quarantined=%d%n",
          counts.recorded(), counts.waiting(), counts.acknowledged(), counts.quarantined());
    }
    return ending.join();
  }
}
