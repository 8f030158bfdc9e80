package io.gympulse.bench.latency;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The latency of a busy gym: changes at a steady rate, independent of the arrival of earlier
/// ones, and then all machines at once. Each change is awaited at a WebSocket. All processes run
/// on this machine.
///
/// It runs once per limit for which the cloud may hold acknowledgements of live events: 2 s, the
/// local cloud's default, and 10 s, as on AWS. The last line has the worst figures of all runs.
@Command(
    name = "burst",
    mixinStandardHelpOptions = true,
    description = "a minute of 50 changes a second, then 200 at once -> frames at a WebSocket")
public final class BurstBench implements Callable<Integer> {
  private static final double P99_LIMIT_MILLIS = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "duration of the steady rate (default: 60)")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "changes per second; above 30 for a minute at most (default: 50)")
  private int rate;

  @Option(
      names = "--acknowledge-within",
      defaultValue = "2,10",
      split = ",",
      description =
          "seconds for which acknowledgements may be held, with a run for each (default: 2,10)")
  private List<Integer> acknowledgeWithin = List.of();

  private final PrintStream out = System.out;

  private record Outcome(double p50, double p99, int lost) {
    Outcome worse(Outcome other) {
      return new Outcome(
          Math.max(p50, other.p50), Math.max(p99, other.p99), Math.max(lost, other.lost));
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Outcome worst = new Outcome(0, 0, 0);
    for (int held : acknowledgeWithin) {
      out.printf("acknowledgements held for %d s%n", held);
      Outcome outcome = measure(Duration.ofSeconds(held));
      out.printf(
          "  p50 %.1f ms, p99 %.1f ms, %d lost%n", outcome.p50(), outcome.p99(), outcome.lost());
      worst = worst.worse(outcome);
    }
    out.printf(
        "bench burst: p50_ms=%.1f p99_ms=%.1f lost=%d%n", worst.p50(), worst.p99(), worst.lost());
    return worst.lost() == 0 && worst.p99() <= P99_LIMIT_MILLIS ? 0 : 1;
  }

  private Outcome measure(Duration held)
      throws IOException, InterruptedException, FloorPlanException {
    Path folder = Files.createTempDirectory("gympulse-burst");
    EnvironmentConfig.Timing timing = EnvironmentConfig.Timing.PRODUCTION.withAcksWithin(held);
    FrameLatencies frames = new FrameLatencies();
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                LevelSensorGym.config(folder, broker.address().port(), timing),
                it -> out.println("  " + it));
        StreamClient member =
            StreamClient.connect(
                environment.apiUri(), it -> frames.arrived(it, System.nanoTime()));
        LanSensor sensor = LanSensor.connect(broker.address().port())) {
      environment.closeOnShutdown();
      warmUp(sensor, member);
      int changes = publishAtRate(sensor, frames);
      for (int i = 0; i < LevelSensorGym.MACHINES; i++) {
        publish(sensor, frames, changes + i);
      }
      awaitAll(frames);
      Samples latencies = frames.latencies();
      return latencies.size() == 0
          ? new Outcome(Double.MAX_VALUE, Double.MAX_VALUE, frames.missing())
          : new Outcome(latencies.percentile(0.5), latencies.percentile(0.99), frames.missing());
    }
  }

  /// Sets all machines free once, so that each counted message is a change. Not counted.
  private static void warmUp(LanSensor sensor, StreamClient member) throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    for (int i = 0; i < LevelSensorGym.MACHINES; i++) {
      sensor.publish(LevelSensorGym.topic(i), false);
      TimeUnit.MILLISECONDS.sleep(10);
    }
    long before = -1;
    while (member.updateCount() == 0 || member.updateCount() != before) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no frame arrived within " + TIMEOUT);
      }
      before = member.updateCount();
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /// Does not wait for frames: late ones do not delay the next messages.
  private int publishAtRate(LanSensor sensor, FrameLatencies frames) throws InterruptedException {
    int changes = seconds * rate / LevelSensorGym.MACHINES * LevelSensorGym.MACHINES;
    long start = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      long wait = start + TimeUnit.SECONDS.toNanos(i) / rate - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(wait);
      publish(sensor, frames, i);
    }
    return changes;
  }

  private static void publish(LanSensor sensor, FrameLatencies frames, int change) {
    int machine = LevelSensorGym.machineOf(change);
    boolean active = LevelSensorGym.active(change);
    frames.published(LevelSensorGym.id(machine), active ? "occupied" : "free", System.nanoTime());
    sensor.publish(LevelSensorGym.topic(machine), active);
  }

  private static void awaitAll(FrameLatencies frames) throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (frames.missing() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
