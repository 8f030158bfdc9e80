package io.gympulse.bench.wire;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.Deflater;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the bytes of published payloads, header included.
@Command(
    name = "wire",
    mixinStandardHelpOptions = true,
    description = "bytes per event of a batch as it is published, beside JSON and the limit")
public final class WireBench implements Callable<Integer> {
  private static final int MANY = 1_000;
  private static final GymEventStream LEVEL_SENSORS =
      new GymEventStream(40, Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ZERO);
  private static final GymEventStream MOTION_SENSORS =
      new GymEventStream(40, Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ofMinutes(2));

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of the gym's events (default: 1)")
  private long seed;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "how long each rate is measured (default: 2)")
  private int seconds;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    out.printf(
        "stream: 40 machines, used 4 min and unused 8 min on average (exponential), seed %d%n",
        seed);
    EventBatch one = batch(LEVEL_SENSORS.events(seed, 1), BatchKind.LIVE);
    EventBatch many = batch(LEVEL_SENSORS.events(seed, MANY), BatchKind.BACKLOG);
    compare(many);
    limit(many);
    out.printf(
        "columns, free noticed 2 min late and back-dated: %.2f B%n",
        perEvent(batch(MOTION_SENSORS.events(seed, MANY), BatchKind.BACKLOG)));
    rates(many);
    out.printf(
        "bench wire: bytes_per_event_1=%.0f bytes_per_event_1000=%.2f%n",
        perEvent(one), perEvent(many));
    return 0;
  }

  private void compare(EventBatch batch) {
    byte[] rows = BatchCodec.rows(batch);
    int deflated = deflated(rows);
    out.printf("per event in a batch of %d, header included:%n", batch.events().size());
    out.printf("rows (JSON): %.2f B%n", part(rows.length, batch));
    out.printf(
        "rows deflated: %.2f B, and in base64 %.2f B%n",
        part(deflated, batch), part((deflated + 2) / 3 * 4, batch));
    out.printf("columns: %.2f B%n", perEvent(batch));
  }

  private void limit(EventBatch batch) {
    double bits = LEVEL_SENSORS.entropyBits();
    int header = BatchCodec.rows(batch(batch.events().subList(0, 1), BatchKind.BACKLOG)).length;
    int row = rowLength(batch);
    double least = bits / 8 * batch.events().size();
    out.printf(
        "limit: the times' entropy, log2(e m / 1 ms) averaged over both means m: %.2f bit = %.2f B;"
            + " in base64 with the same header %.2f B%n",
        bits, bits / 8, part((int) Math.ceil(least / 3) * 4 + header - row, batch));
  }

  private static int rowLength(EventBatch batch) {
    int one = BatchCodec.rows(batch(batch.events().subList(0, 1), BatchKind.BACKLOG)).length;
    int two = BatchCodec.rows(batch(batch.events().subList(0, 2), BatchKind.BACKLOG)).length;
    return two - one;
  }

  private void rates(EventBatch batch) {
    byte[] body = BatchCodec.encode(batch);
    out.printf(
        "one core: %.0f events/s written, %.0f read%n",
        rate(batch, () -> BatchCodec.encode(batch)), rate(batch, () -> BatchCodec.decode(body)));
  }

  /// Events per second, after as much time again to warm up.
  private double rate(EventBatch batch, Callable<?> work) {
    try {
      long calls = 0;
      long start = System.nanoTime();
      long begin = start + Duration.ofSeconds(seconds).toNanos();
      long now = start;
      while (now < begin + Duration.ofSeconds(seconds).toNanos()) {
        work.call();
        now = System.nanoTime();
        calls += now >= begin ? 1 : 0;
      }
      return calls * (double) batch.events().size() / seconds;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double perEvent(EventBatch batch) {
    return part(BatchCodec.encode(batch).length, batch);
  }

  private static double part(int bytes, EventBatch batch) {
    return (double) bytes / batch.events().size();
  }

  private static int deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    int size = deflater.deflate(new byte[bytes.length + 64]);
    deflater.end();
    return size;
  }

  private static EventBatch batch(List<MachineEvent> events, BatchKind kind) {
    Instant sent =
        events.stream().map(MachineEvent::at).max(Instant::compareTo).orElseThrow().plusMillis(40);
    return new EventBatch(
        new GatewayAddress(new GymId("riverside"), new GatewayId("riverside-gw")),
        new OutboxId(UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11")),
        kind,
        sent,
        Optional.of(sent),
        events);
  }
}
