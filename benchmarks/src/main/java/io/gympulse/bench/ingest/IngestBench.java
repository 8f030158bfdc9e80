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

/// Ingest on one thread beside the naive way, over the same store in the same run: a gym's live
/// changes, a message each, as many messages an invocation as a queue or a stream brings, and its
/// backlog, a thousand events a message.
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "events through the cloud's ingest on one core, and the write units they cost")
public final class IngestBench implements Callable<Integer> {
  private static final int BACKLOG = 10_000;
  // What Lambda takes from a stream at once unless told otherwise.
  private static final int OF_A_STREAM = 100;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "of which the median is told (default: 3)")
  private int rounds;

  private final PrintStream out = System.out;
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Makes a way over an empty store.
  private interface Setup {
    Way fresh() throws IOException;
  }

  /// Events in a second.
  ///
  /// @param elapsed of the clock's, with all that is waited for
  /// @param processor of this process's processor time
  private record Rate(double elapsed, double processor) {

    String beside(Rate naive) {
      return "%.1f (by processor %.1f)"
          .formatted(elapsed / naive.elapsed, processor / naive.processor);
    }
  }

  /// How many times as many events in a second of the clock's.
  ///
  /// @param live a hundred messages an invocation
  private record Ratios(double live, double backlog) {}

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-ingest");
    out.printf(
        """
        One thread. Naive: an event, an invocation: 2 reads, 4 writes, 1 query, 1 invocation of the
        next function (not counted here: it is a call in this process). Live: a message per event, 10
        messages an invocation (a queue's most) or 100 (a stream's default). Backlog: 1,000 events a
        message. All over the same kind of store.
        The figures told last are by the clock, over SQLite, the store in this process: each of its
        commits is flushed to disk, and waiting for that is part of what ingest costs. There live is a
        gym's, 100 messages an invocation.
        """);
    try (LocalDynamoDb server = LocalDynamoDb.start(folder)) {
      DynamoStore dynamo = new DynamoStore(server);
      double live = units("live transition, alone", dynamo, true);
      double backlog = units("backlog event", dynamo, false);
      out.printf("%-34s %14s %14s%n", "events/s", "by the clock", "by processor");
      compare(new MemoryStore(), 1);
      compare(dynamo, 1);
      for (int gyms : new int[] {10, 100}) {
        out.printf("%d gyms:%n", gyms);
        compare(new MemoryStore(), gyms);
        compare(new SqliteStore(Files.createTempDirectory(folder, "sqlite")), gyms);
      }
      out.printf("a gym:%n");
      Ratios embedded = compare(new SqliteStore(Files.createTempDirectory(folder, "sqlite")), 1);
      out.printf(
          "bench ingest: live_ratio=%.1f backlog_ratio=%.1f live_writes=%.2f backlog_writes=%.3f%n",
          embedded.live(), embedded.backlog(), live, backlog);
    }
    return 0;
  }

  /// Prints and returns write units per event.
  private double units(String what, DynamoStore store, boolean alone) throws IOException {
    int events = alone ? store.events() : BACKLOG;
    Traffic traffic = new Traffic(1, events, 7);
    List<List<String>> invocations = alone ? traffic.live(1) : traffic.backlog();
    try (Way way = ours(store, traffic, invocations, events)) {
      double before = store.meter().written();
      double read = store.meter().read();
      way.run();
      double written = (store.meter().written() - before) / events;
      out.printf(
          "%-34s %.3f write units, %.3f read units%n",
          what, written, (store.meter().read() - read) / events);
      return written;
    }
  }

  private Ratios compare(Store store, int gyms) throws IOException {
    Traffic traffic = new Traffic(gyms, store.events(), 7);
    List<String> plain = traffic.plain();
    List<List<String>> few = traffic.live(Traffic.MESSAGES_AT_ONCE);
    List<List<String>> many = traffic.live(OF_A_STREAM);
    List<List<String>> backlog = traffic.backlog();
    Rate naive =
        row(
            store.name() + ", naive",
            plain.size(),
            () -> new NaiveWay(store.naive(), _ -> {}, plain));
    int events = plain.size();
    Rate live10 = row(store.name() + ", live, 10", events, () -> ours(store, traffic, few, events));
    Rate live100 =
        row(store.name() + ", live, 100", events, () -> ours(store, traffic, many, events));
    Rate waiting =
        row(store.name() + ", backlog", events, () -> ours(store, traffic, backlog, events));
    out.printf(
        "  beside naive: live, 10 %s; live, 100 %s; backlog %s%n",
        live10.beside(naive), live100.beside(naive), waiting.beside(naive));
    return new Ratios(live100.elapsed() / naive.elapsed(), waiting.elapsed() / naive.elapsed());
  }

  private static Way ours(Store store, Traffic traffic, List<List<String>> invocations, int events)
      throws IOException {
    var cloud = store.ours();
    traffic.plans().forEach(cloud.floorPlans()::register);
    return new OurWay(cloud, (_, _) -> {}, invocations, events);
  }

  private Rate row(String name, int events, Setup setup) throws IOException {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      try (Way way = setup.fresh()) {
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        way.run();
        double elapsed = (System.nanoTime() - start) / 1e9;
        rates.add(
            new Rate(events / elapsed, events / ((process.getProcessCpuTime() - processor) / 1e9)));
      }
    }
    rates.removeFirst(); // the compilers' round
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
