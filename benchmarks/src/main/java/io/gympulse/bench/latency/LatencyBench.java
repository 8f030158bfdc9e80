package io.gympulse.bench.latency;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.sim.lan.LanBroker;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.StreamClient;
import io.gympulse.system.environment.TestEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Publishes level sensors' changes on a gym's broker, one at a time, and waits for each at a
/// member's WebSocket: sensor, gateway (durable outbox included), TLS, rules, ingest (durable store
/// included), feed, API. All processes are real and run on this machine.
///
/// The machines change in turn: there are so many that none is taken for one that chatters.
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "sensor published on the LAN -> frame at a member's WebSocket")
public final class LatencyBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--samples",
      defaultValue = "500",
      description = "changes to measure (default: 500)")
  private int samples;

  @Option(names = "--warm-up", defaultValue = "200", description = "changes before (default: 200)")
  private int warmUp;

  private final PrintStream out = System.out;
  private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Path folder = Files.createTempDirectory("gympulse-latency");
    try (LanBroker broker = LanBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                LevelGym.environment(
                    folder, broker.address().port(), EnvironmentConfig.Timing.PRODUCTION),
                it -> out.println("  " + it));
        StreamClient member =
            new StreamClient(environment.apiUri(), _ -> frames.add(System.nanoTime()))) {
      environment.closeOnShutdown();
      member.ensureConnected();
      Samples bare;
      Samples whole;
      try (LanSensor sensor = LanSensor.connect(broker.address().port())) {
        bare = bareBroker(sensor.client());
        whole = wholePath(sensor);
      }
      out.printf(
          "the LAN broker alone, published -> delivered: p50 %.2f ms, p99 %.2f ms%n",
          bare.percentile(0.5), bare.percentile(0.99));
      out.printf(
          "bench latency: p50_ms=%.1f p99_ms=%.1f%n",
          whole.percentile(0.5), whole.percentile(0.99));
      return 0;
    }
  }

  private Samples wholePath(LanSensor sensor) throws InterruptedException {
    Random random = new Random(1);
    Samples measured = new Samples();
    for (int i = 0; i < warmUp + samples; i++) {
      frames.clear();
      long start = System.nanoTime();
      sensor.publish(LevelGym.topic(LevelGym.machineOf(i)), LevelGym.active(i));
      Long frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (frame == null) {
        throw new IllegalStateException("change %d did not arrive within 10 s".formatted(i));
      }
      if (i >= warmUp) {
        measured.add(frame - start);
      }
      TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(60));
    }
    return measured;
  }

  private Samples bareBroker(Mqtt5BlockingClient sensor) throws InterruptedException {
    String topic = "bench/bare";
    Samples measured = new Samples();
    try (Mqtt5BlockingClient.Mqtt5Publishes received =
        sensor.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      sensor.subscribeWith().topicFilter(topic).send();
      for (int i = 0; i < warmUp + samples; i++) {
        long start = System.nanoTime();
        sensor.publish(LanSensor.reading(topic, true));
        received.receive();
        if (i >= warmUp) {
          measured.add(System.nanoTime() - start);
        }
      }
    }
    return measured;
  }
}
