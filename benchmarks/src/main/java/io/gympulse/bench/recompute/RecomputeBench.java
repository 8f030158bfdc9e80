package io.gympulse.bench.recompute;

import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.Aggregator;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.id.GatewayId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A day of a thousand machines: computed for the first time, which writes every item, and computed
/// anew with nothing changed, which reads and computes all of it and writes none. In memory, as the
/// limit of what the arithmetic costs, and on SQLite, where a gym's category is flushed at once;
/// with a day's changes as they are, and with as many times more as asked for.
@Command(
    name = "recompute",
    mixinStandardHelpOptions = true,
    description = "a day's aggregates of 1,000 machines, computed and computed anew")
public final class RecomputeBench implements Callable<Integer> {
  private static final Instant NOW = ThousandMachines.END.plus(Duration.ofHours(1));

  // A hundred times as many do not fit the memory that a benchmark gets.
  private static final int MOST_IN_MEMORY = 10;

  @Option(
      names = "--changes",
      defaultValue = "50",
      description = "of a machine in the day (default: 50)")
  private int changes;

  @Option(
      names = "--times",
      split = ",",
      defaultValue = "1,10",
      description =
          "as many changes, in rows of their own (default: 1,10; 100 takes minutes, and on SQLite only)")
  private List<Integer> times = List.of();

  private final PrintStream out = System.out;

  /// What it took, in milliseconds.
  private record Took(long events, int items, double first, double again) {}

  @Override
  public Integer call() throws IOException {
    out.printf(
        "%d gyms of %d machines, 96 windows, %d items%n",
        ThousandMachines.GYMS,
        ThousandMachines.MACHINES_PER_GYM,
        ThousandMachines.GYMS * ThousandMachines.CATEGORIES * 96);
    out.printf("%-10s %12s %10s %12s %12s%n", "store", "events", "items", "first, ms", "anew, ms");
    // Once unmeasured, so that no row pays for the start of the JVM.
    inMemory(changes);
    StringBuilder line = new StringBuilder("bench recompute:");
    for (int factor : times) {
      String suffix = factor == 1 ? "" : "_x" + factor;
      if (factor <= MOST_IN_MEMORY) {
        Took memory = row("memory", inMemory(changes * factor));
        line.append(" memory_ms%s=%.0f".formatted(suffix, memory.again()));
      }
      Took sqlite = row("sqlite", onDisk(changes * factor));
      line.append(
          " sqlite_ms%s=%.0f sqlite_first_ms%s=%.0f"
              .formatted(suffix, sqlite.again(), suffix, sqlite.first()));
    }
    out.println(line);
    return 0;
  }

  private Took row(String name, Took took) {
    out.printf(
        "%-10s %,12d %,10d %,12.0f %,12.0f%n",
        name, took.events(), took.items(), took.first(), took.again());
    return took;
  }

  private static Took inMemory(int changes) {
    try (CloudStore store = new InMemoryCloudStore()) {
      return measure(store, changes);
    }
  }

  private static Took onDisk(int changes) throws IOException {
    Path folder = Files.createTempDirectory("gympulse-recompute");
    try (CloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"))) {
      return measure(store, changes);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Took measure(CloudStore store, int changes) {
    ThousandMachines machines = new ThousandMachines(store);
    long events = machines.fill(changes);
    long start = System.nanoTime();
    int items = run(store);
    double first = (System.nanoTime() - start) / 1e6;
    machines.markAll();
    start = System.nanoTime();
    int changed = run(store);
    double again = (System.nanoTime() - start) / 1e6;
    if (changed > 0) {
      throw new IllegalStateException("%d items are not what they were".formatted(changed));
    }
    return new Took(events, items, first, again);
  }

  private static int run(CloudStore store) {
    Aggregator aggregator = new Aggregator(AggregateStores.of(store));
    int written = 0;
    for (GatewayId gateway : ThousandMachines.gateways()) {
      Aggregator.Outcome outcome = aggregator.aggregate(gateway, NOW);
      if (!outcome.settled()) {
        throw new IllegalStateException("%s is not settled".formatted(gateway));
      }
      written += outcome.written();
    }
    return written;
  }
}
