package io.gympulse.sim;

import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.report.RandomReports;
import io.gympulse.sim.report.ReportSender;
import io.gympulse.sim.report.ReportSender.Outcome;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A process that simulates devices of any kind that report by HTTP. Its last output is one line
/// `feed: sent=N accepted=N enqueued=N refused=N failed=N`. Exit status: 0 all reports accepted, 1
/// not all, 2 invalid options.
@Command(
    name = "feed",
    description = "Send random device reports to the cloud's POST /ingest.",
    mixinStandardHelpOptions = true)
public final class DeviceFeed implements Callable<Integer> {
  private static final int MAX_CONCURRENT = 8;

  @Option(names = "--url", description = "the cloud's HTTP address (default ${DEFAULT-VALUE})")
  private URI url = URI.create("http://127.0.0.1:8884");

  @Option(names = "--count", description = "how many reports (default ${DEFAULT-VALUE})")
  private long count = 100;

  @Option(names = "--rate", description = "reports a second at most (default ${DEFAULT-VALUE})")
  private double rate = 20;

  @Option(
      names = "--seed",
      description = "the same seed gives the same reports (default ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--tries", description = "sends of one report at most (default ${DEFAULT-VALUE})")
  private int tries = 12;

  private final PrintStream out;
  private final PrintStream err;
  private final ProcessClock clock = ProcessClock.real();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong enqueued = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  DeviceFeed(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    ParentWatch.start();
    System.exit(run(System.out, System.err, args));
  }

  /// Runs the command and returns the exit status.
  static int run(PrintStream out, PrintStream err, String... args) {
    return UsageException.commandLine(new DeviceFeed(out, err), err).execute(args);
  }

  @Override
  public Integer call() throws UsageException, InterruptedException {
    if (count < 1 || tries < 1 || !(rate > 0)) {
      throw new UsageException("--count, --tries and --rate have to be more than 0");
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new UsageException("--url %s is no http or https address".formatted(url));
    }
    RandomReports reports = new RandomReports(new Seed(seed));
    try (ReportSender sender = new ReportSender(url, UUID.randomUUID(), tries)) {
      eachOnSchedule(number -> deliver(sender, reports, number));
    }
    out.printf(
        "feed: sent=%d accepted=%d enqueued=%d refused=%d failed=%d%n",
        count, accepted.get(), enqueued.get(), refused.get(), failed.get());
    return accepted.get() == count ? 0 : 1;
  }

  /// Calls `send` for each number at its scheduled time, up to [#MAX_CONCURRENT] at once, and waits
  /// for all.
  private void eachOnSchedule(LongConsumer send) throws InterruptedException {
    Semaphore slots = new Semaphore(MAX_CONCURRENT);
    long start = clock.nanos();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < count; i++) {
        long number = i;
        Thread.sleep(
            Duration.ofNanos(Math.max(0, start + (long) (i / rate * 1e9) - clock.nanos())));
        slots.acquire();
        senders.execute(
            () -> {
              try {
                send.accept(number);
              } finally {
                slots.release();
              }
            });
      }
    }
  }

  private void deliver(ReportSender sender, RandomReports reports, long number) {
    try {
      switch (sender.send(number, reports.report(number), clock.instant())) {
        case Outcome.Accepted(int devices) -> {
          accepted.incrementAndGet();
          enqueued.addAndGet(devices);
        }
        case Outcome.Refused(int status, String response) -> {
          refused.incrementAndGet();
          err.printf("report %d is refused: %d %s%n", number, status, response.strip());
        }
        case Outcome.Failed(String reason) -> {
          failed.incrementAndGet();
          err.printf("report %d failed: %s%n", number, reason.strip());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
