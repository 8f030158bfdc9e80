package io.gympulse.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Ingest on one thread beside the naive ingest, on the same store in the same run: a gym's live
/// changes, one per message, with as many messages per invocation as from a queue or a stream,
/// and its backlog, a thousand events per message.
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "events through the cloud's ingest on one core, and the write units they cost")
public final class IngestBench implements Callable<Integer> {
  private static final int BACKLOG = 10_000;
  // Lambda's default batch size for a stream.
  private static final int STREAM_BATCH = 100;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds, of which the median is printed (default: 3)")
  private int rounds;

  private final PrintStream out = System.out;
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Creates a trial with an empty store.
  private interface Setup {
    IngestTrial create() throws IOException;
  }

  /// Events per second.
  ///
  /// @param elapsed by elapsed time, waiting included
  /// @param processor by this process's processor time
  private record Rate(double elapsed, double processor) {

    String relativeTo(Rate naive) {
      return "%.1f (by processor %.1f)"
          .formatted(elapsed / naive.elapsed, processor / naive.processor);
    }
  }

  /// Rates by elapsed time, relative to the naive ingest.
  ///
  /// @param live with a hundred messages per invocation
  private record Ratios(double live, double backlog) {}

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-ingest");
    out.printf(
        """
        One thread. Naive: one invocation per event: 2 reads, 4 writes, 1 query, 1 invocation of the
        next function (not counted here: it is a call in this process). Live: one message per event, 10
        messages per invocation (a queue's maximum) or 100 (a stream's default). Backlog: 1,000 events
        per message. All on the same kind of store.
        The figures of the last line are by elapsed time, on SQLite, the store in this process: each of
        its commits is flushed to disk, and waiting for that is part of the cost of ingest. There live
        is that of one gym, with 100 messages per invocation.
        """);
    try (LocalDynamoDb server = LocalDynamoDb.start(folder)) {
      TrialStore.DynamoDb dynamo = new TrialStore.DynamoDb(server);
      double live = units("live transition, one per message", dynamo, true);
      double backlog = units("backlog event", dynamo, false);
      out.printf("%-34s %14s %14s%n", "events/s", "by elapsed", "by processor");
      compare(new TrialStore.Memory(), 1);
      compare(dynamo, 1);
      for (int gyms : new int[] {10, 100}) {
        out.printf("%d gyms:%n", gyms);
        compare(new TrialStore.Memory(), gyms);
        compare(new TrialStore.Sqlite(Files.createTempDirectory(folder, "sqlite")), gyms);
      }
      out.printf("a gym:%n");
      Ratios embedded =
          compare(new TrialStore.Sqlite(Files.createTempDirectory(folder, "sqlite")), 1);
      out.printf(
          "bench ingest: live_ratio=%.1f backlog_ratio=%.1f live_writes=%.2f backlog_writes=%.3f%n",
          embedded.live(), embedded.backlog(), live, backlog);
    }
    return 0;
  }

  /// Prints and returns write units per event.
  private double units(String what, TrialStore.DynamoDb store, boolean isLive) throws IOException {
    int events = isLive ? store.events() : BACKLOG;
    Traffic traffic = new Traffic(1, events, 7);
    List<List<String>> invocations = isLive ? traffic.live(1) : traffic.backlog();
    try (IngestTrial trial = product(store, traffic, invocations, events)) {
      double before = store.meter().written();
      double read = store.meter().read();
      trial.run();
      double written = (store.meter().written() - before) / events;
      out.printf(
          "%-34s %.3f write units, %.3f read units%n",
          what, written, (store.meter().read() - read) / events);
      return written;
    }
  }

  private Ratios compare(TrialStore store, int gyms) throws IOException {
    Traffic traffic = new Traffic(gyms, store.events(), 7);
    List<String> plain = traffic.naiveMessages();
    List<List<String>> few = traffic.live(Traffic.MESSAGES_PER_INVOCATION);
    List<List<String>> many = traffic.live(STREAM_BATCH);
    List<List<String>> backlog = traffic.backlog();
    Rate naive =
        row(
            store.name() + ", naive",
            plain.size(),
            () -> new IngestTrial.Naive(store.naive(), _ -> {}, plain));
    int events = plain.size();
    Rate live10 =
        row(store.name() + ", live, 10", events, () -> product(store, traffic, few, events));
    Rate live100 =
        row(store.name() + ", live, 100", events, () -> product(store, traffic, many, events));
    Rate backlogRate =
        row(store.name() + ", backlog", events, () -> product(store, traffic, backlog, events));
    out.printf(
        "  relative to naive: live, 10 %s; live, 100 %s; backlog %s%n",
        live10.relativeTo(naive), live100.relativeTo(naive), backlogRate.relativeTo(naive));
    return new Ratios(live100.elapsed() / naive.elapsed(), backlogRate.elapsed() / naive.elapsed());
  }

  private static IngestTrial product(
      TrialStore store, Traffic traffic, List<List<String>> invocations, int events)
      throws IOException {
    var cloud = store.product();
    traffic.plans().forEach(cloud.floorPlans()::register);
    return new IngestTrial.Product(cloud, (_, _) -> {}, invocations, events);
  }

  private Rate row(String name, int events, Setup setup) throws IOException {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      try (IngestTrial trial = setup.create()) {
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        trial.run();
        double elapsed = (System.nanoTime() - start) / 1e9;
        rates.add(
            new Rate(events / elapsed, events / ((process.getProcessCpuTime() - processor) / 1e9)));
      }
    }
    rates.removeFirst(); // JIT compilation
    Rate median =
        new Rate(
            median(rates.stream().map(Rate::elapsed).toList()),
            median(rates.stream().map(Rate::processor).toList()));
    out.printf("%-34s %,14.0f %,14.0f%n", name, median.elapsed(), median.processor());
    return median;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
