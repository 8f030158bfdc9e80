package io.gympulse.bench.latency;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
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
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Publishes level sensors' changes on a gym's broker, one at a time, and waits for each at a
/// WebSocket: sensor, gateway (durable outbox included), TLS, rules, ingest (durable store
/// included), feed, API. All processes run on this machine.
///
/// The machines change in turn, so seldom that no sensor counts as chattering.
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "sensor published on the LAN -> frame at a member's WebSocket")
public final class LatencyBench implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--samples",
      defaultValue = "500",
      description = "changes to measure (default: 500)")
  private int samples;

  @Option(
      names = "--warm-up",
      defaultValue = "200",
      description = "changes before the measurement (default: 200)")
  private int warmUp;

  private final PrintStream out = System.out;
  private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Path folder = Files.createTempDirectory("gympulse-latency");
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                LevelSensorGym.config(
                    folder, broker.address().port(), EnvironmentConfig.Timing.PRODUCTION),
                it -> out.println("  " + it));
        StreamClient _ =
            StreamClient.connect(environment.apiUri(), _ -> frames.add(System.nanoTime()))) {
      environment.closeOnShutdown();
      Samples brokerOnly;
      Samples path;
      try (LanSensor sensor = LanSensor.connect(broker.address().port())) {
        brokerOnly = measureBroker(sensor.client());
        path = measurePath(sensor);
      }
      out.printf(
          "the LAN broker alone, published -> delivered: p50 %.2f ms, p99 %.2f ms%n",
          brokerOnly.percentile(0.5), brokerOnly.percentile(0.99));
      out.printf(
          "bench latency: p50_ms=%.1f p99_ms=%.1f%n", path.percentile(0.5), path.percentile(0.99));
      return 0;
    }
  }

  private Samples measurePath(LanSensor sensor) throws InterruptedException {
    Random random = new Random(1);
    Samples measured = new Samples();
    for (int i = 0; i < warmUp + samples; i++) {
      frames.clear();
      long start = System.nanoTime();
      sensor.publish(LevelSensorGym.topic(LevelSensorGym.machineOf(i)), LevelSensorGym.active(i));
      Long frame = frames.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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

  private Samples measureBroker(Mqtt5BlockingClient sensor) throws InterruptedException {
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
