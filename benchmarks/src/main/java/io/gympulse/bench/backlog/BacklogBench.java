package io.gympulse.bench.backlog;

import io.gympulse.bench.wire.GymStream;
import io.gympulse.contract.floorplan.FloorPlanException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lets events wait in a real outbox, brings the link up and measures until the gateway has deleted
/// the last of them, while a sensor's changes go on and are awaited at a member's WebSocket. All
/// processes are real and run on this machine. The link passes 512 KB a second; 100 messages a
/// second and five batches of backlog on their way are the gateway's own limits.
@Command(
    name = "backlog",
    mixinStandardHelpOptions = true,
    description = "events that waited -> the cloud's store, from reconnect to last acknowledgement")
public final class BacklogBench implements Callable<Integer> {
  private static final int FEW = 1_000;
  private static final GymStream GYM =
      new GymStream(40, Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ZERO);

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "events that wait (default: 1000000)")
  private int events;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Drain.Outcome few = measured(FEW);
    Drain.Outcome many = measured(events);
    out.printf(
        "bench backlog: events=%d seconds=%.1f live_p95_ms=%.0f peak_heap_mb=%d%n",
        events, many.seconds(), many.live().percentile(0.95), many.heap().kept());
    return few.whole() && many.whole() ? 0 : 1;
  }

  private Drain.Outcome measured(int waiting)
      throws IOException, InterruptedException, FloorPlanException {
    out.printf("%d waiting%n", waiting);
    Drain drain = new Drain(Files.createTempDirectory("gympulse-backlog"), GYM);
    Drain.Outcome it = drain.run(waiting, line -> out.println("  " + line));
    out.printf("  stored without a gap: %s%n", it.whole() ? "yes" : "NO");
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
        it.heap().kept(), it.heap().used());
    return it;
  }
}
