package io.gympulse.bench.recompute;

import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.Aggregator;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.system.environment.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A day of a thousand machines: the first computation, which writes every item, and the
/// recomputation without changes, which reads and computes everything and writes nothing. In
/// memory, as the lower bound of the computation, and on SQLite, where all windows of a gym's
/// category are flushed together; with the usual number of changes, and with multiples of it.
@Command(
    name = "recompute",
    mixinStandardHelpOptions = true,
    description = "a day's aggregates of 1,000 machines, computed and recomputed")
public final class RecomputeBench implements Callable<Integer> {
  private static final Instant NOW = FleetDay.END.plus(Duration.ofHours(1));

  // A hundred times as many changes exceed the heap of a benchmark.
  private static final int MAX_IN_MEMORY = 10;

  @Option(
      names = "--changes",
      defaultValue = "50",
      description = "changes per machine and day (default: 50)")
  private int changes;

  @Option(
      names = "--times",
      split = ",",
      defaultValue = "1,10",
      description =
          "multiples of --changes, a row each (default: 1,10; 100 takes minutes, and on SQLite only)")
  private List<Integer> times = List.of();

  private final PrintStream out = System.out;

  /// @param first milliseconds of the first computation
  /// @param again milliseconds of the recomputation
  private record Measurement(long events, int items, double first, double again) {}

  @Override
  public Integer call() throws IOException {
    out.printf(
        "%d gyms of %d machines, 96 windows, %d items%n",
        FleetDay.GYMS, FleetDay.MACHINES_PER_GYM, FleetDay.GYMS * FleetDay.CATEGORIES * 96);
    out.printf("%-10s %12s %10s %12s %12s%n", "store", "events", "items", "first, ms", "again, ms");
    // A warm-up, so that no row includes the JIT compilation.
    inMemory(changes);
    StringBuilder line = new StringBuilder("bench recompute:");
    for (int factor : times) {
      String suffix = factor == 1 ? "" : "_x" + factor;
      if (factor <= MAX_IN_MEMORY) {
        Measurement memory = row("memory", inMemory(changes * factor));
        line.append(" memory_ms%s=%.0f".formatted(suffix, memory.again()));
      }
      Measurement sqlite = row("sqlite", onDisk(changes * factor));
      line.append(
          " sqlite_ms%s=%.0f sqlite_first_ms%s=%.0f"
              .formatted(suffix, sqlite.again(), suffix, sqlite.first()));
    }
    out.println(line);
    return 0;
  }

  private Measurement row(String name, Measurement it) {
    out.printf(
        "%-10s %,12d %,10d %,12.0f %,12.0f%n",
        name, it.events(), it.items(), it.first(), it.again());
    return it;
  }

  private static Measurement inMemory(int changes) {
    try (CloudStore store = new InMemoryCloudStore()) {
      return measure(store, changes);
    }
  }

  private static Measurement onDisk(int changes) throws IOException {
    Path folder = Files.createTempDirectory("gympulse-recompute");
    try (CloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"))) {
      return measure(store, changes);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Measurement measure(CloudStore store, int changes) {
    FleetDay machines = new FleetDay(store);
    long events = machines.fill(changes);
    long start = System.nanoTime();
    int items = run(store);
    double first = (System.nanoTime() - start) / 1e6;
    machines.markAll();
    start = System.nanoTime();
    int changed = run(store);
    double again = (System.nanoTime() - start) / 1e6;
    if (changed > 0) {
      throw new IllegalStateException("%d items have changed".formatted(changed));
    }
    return new Measurement(events, items, first, again);
  }

  private static int run(CloudStore store) {
    Aggregator aggregator = new Aggregator(AggregateStores.of(store));
    int written = 0;
    for (GatewayId gateway : FleetDay.gateways()) {
      Aggregator.Outcome outcome = aggregator.aggregate(gateway, NOW);
      if (!outcome.completed()) {
        throw new IllegalStateException("windows of %s are still due".formatted(gateway));
      }
      written += outcome.written();
    }
    return written;
  }
}
