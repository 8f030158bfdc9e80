package io.gympulse.bench.backlog;

import io.gympulse.bench.wire.GymEventStream;
import io.gympulse.contract.floorplan.FloorPlanException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Fills an outbox, brings the link up and measures the time until the gateway has deleted the
/// last event, while live changes are published and awaited at a WebSocket. All processes run on
/// this machine. The link passes 512 KB/s; the gateway limits itself to 100 messages/s and five
/// unacknowledged backlog batches.
@Command(
    name = "backlog",
    mixinStandardHelpOptions = true,
    description = "events that waited -> the cloud's store, from reconnect to last acknowledgement")
public final class BacklogBench implements Callable<Integer> {
  private static final int FEW = 1_000;
  private static final GymEventStream GYM =
      new GymEventStream(40, Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ZERO);

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "waiting events (default: 1000000)")
  private int events;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    BacklogDrain.Outcome few = measure(FEW);
    BacklogDrain.Outcome many = measure(events);
    out.printf(
        "bench backlog: events=%d seconds=%.1f live_p95_ms=%.0f peak_heap_mb=%d%n",
        events, many.seconds(), many.live().percentile(0.95), many.heap().retained());
    return few.isComplete() && many.isComplete() ? 0 : 1;
  }

  private BacklogDrain.Outcome measure(int waiting)
      throws IOException, InterruptedException, FloorPlanException {
    out.printf("%d waiting%n", waiting);
    BacklogDrain drain = new BacklogDrain(Files.createTempDirectory("gympulse-backlog"), GYM);
    BacklogDrain.Outcome it = drain.run(waiting, line -> out.println("  " + line));
    out.printf("  stored without a gap: %s%n", it.isComplete() ? "yes" : "NO");
    out.printf(
        "  %.1f s, %d messages (%.1f a second) of gateway and health%n",
        it.seconds(), it.messages(), it.messages() / it.seconds());
    out.printf(
        "  live: %d changes, p50 %.0f ms, p95 %.0f ms, highest %.0f ms%n",
        it.live().size(),
        it.live().percentile(0.5),
        it.live().percentile(0.95),
        it.live().percentile(1));
    out.printf(
        "  gateway's heap: at most %d MB left by a collection, %d MB in use%n",
        it.heap().retained(), it.heap().used());
    return it;
  }
}
