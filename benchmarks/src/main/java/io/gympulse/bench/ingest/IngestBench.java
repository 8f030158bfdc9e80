package io.gympulse.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
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

/// Ingest on one thread beside the naive way, over the same store in the same run, for a gym's live
/// changes (a message each, ten messages an invocation) and for its backlog (a thousand events a
/// message).
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "events through the cloud's ingest on one core, and the write units they cost")
public final class IngestBench implements Callable<Integer> {
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
  private record Rate(double elapsed, double processor) {}

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-ingest");
    out.printf("%-34s %14s %14s%n", "events/s on one thread", "by the clock", "by processor");
    for (Store store : List.of(new MemoryStore(), new SqliteStore(folder))) {
      compare(store, 1);
    }
    return 0;
  }

  private void compare(Store store, int gyms) throws IOException {
    Traffic traffic = new Traffic(gyms, store.events(), 7);
    List<String> plain = traffic.plain();
    List<List<String>> live = traffic.live();
    List<List<String>> backlog = traffic.backlog();
    Rate naive =
        row(
            store.name() + ", naive",
            plain.size(),
            () -> new NaiveWay(store.naive(), _ -> {}, plain));
    Rate ourLive = row(store.name() + ", live", store.events(), () -> ours(store, traffic, live));
    Rate ourBacklog =
        row(store.name() + ", backlog", store.events(), () -> ours(store, traffic, backlog));
    out.printf(
        "%-34s live %.1f (processor %.1f), backlog %.1f (processor %.1f)%n",
        "  ratio",
        ourLive.elapsed() / naive.elapsed(),
        ourLive.processor() / naive.processor(),
        ourBacklog.elapsed() / naive.elapsed(),
        ourBacklog.processor() / naive.processor());
  }

  private static Way ours(Store store, Traffic traffic, List<List<String>> invocations)
      throws IOException {
    var cloud = store.ours();
    traffic.plans().forEach(cloud.floorPlans()::register);
    return new OurWay(cloud, (_, _) -> {}, invocations, store.events());
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
