package io.gympulse.edge;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfigurationFile;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.OutboxException;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.MqttUplink;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_INVALID = 2;

  @Option(names = "--config", required = true, description = "The gateway's configuration file.")
  private Path config = Path.of("gateway.json");

  @Option(names = "--record", description = "Write each durable event to this file.")
  private @Nullable Path record;

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
      System.err.println("error: " + reason(run()) + "; the gateway must be restarted");
      return EXIT_FAILED;
    } catch (ConfigurationException | OutboxException | IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      return EXIT_INVALID;
    }
  }

  private static String reason(Throwable broken) {
    return broken instanceof OutboxException it
        ? String.valueOf(it.getMessage())
        : "the occupancy thread has failed: " + broken;
  }

  /// Returns only if occupancy or outbox have failed; a supervisor then restarts the process.
  private Throwable run() throws ConfigurationException, IOException, InterruptedException {
    GatewayConfiguration configuration = GatewayConfigurationFile.read(config);
    Uplink uplink =
        MqttUplink.direct(
            configuration.uplink(),
            configuration.address().gateway().value(),
            Topics.acks(configuration.address()));
    GatewayTime time =
        clock == null
            ? GatewayClocks.ofMachine(configuration.timing().clock())
            : GatewayClocks.ofProcess(clock, Optional.ofNullable(clockFile));
    ProcessClock pace = clock == null ? ProcessClock.real() : clock;
    SqliteOutbox outbox = SqliteOutbox.open(configuration.dataDir(), time);
    if (releaseQuarantined) {
      release(outbox);
    }
    Optional<AppendLog> appendLog =
        record == null ? Optional.empty() : Optional.of(new AppendLog(record));
    RunningGateway gateway =
        new RunningGateway(configuration, outbox, uplink, appendLog, time, pace);
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
    gateway.start();
    out.printf("ready: gateway outbox=%s%n", outbox.id());
    return reportUntil(either(outbox.broken(), gateway.broken()), gateway);
  }

  private void release(SqliteOutbox outbox) {
    List<SeqRange> quarantined =
        SeqRange.covering(outbox.quarantined().stream().map(it -> it.event().seq()).toList());
    var _ = outbox.release(quarantined).thenAccept(it -> out.printf("released: events=%d%n", it));
  }

  private static CompletableFuture<Throwable> either(
      CompletableFuture<OutboxException> outbox, CompletableFuture<Throwable> occupancy) {
    return outbox.<Throwable>thenApply(it -> it).applyToEither(occupancy, it -> it);
  }

  private Throwable reportUntil(CompletableFuture<Throwable> broken, RunningGateway gateway)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    var _ = broken.thenRun(ended::countDown);
    if (report <= 0) {
      ended.await();
    }
    while (!ended.await(report, TimeUnit.SECONDS)) {
      Counts counts = gateway.counts();
      out.printf(
          "counters: recorded=%d waiting=%d acknowledged=%d quarantined=%d%n",
          counts.recorded(), counts.waiting(), counts.acknowledged(), counts.quarantined());
    }
    return broken.join();
  }
}
