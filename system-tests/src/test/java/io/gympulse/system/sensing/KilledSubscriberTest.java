package io.gympulse.system.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.MqttReadingSource;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KilledSubscriberTest {
  private static final String TOPIC = "hall/seat";
  private static final String PLAN =
      """
      {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},"gateway":"g-gw",
       "machines":[{"id":"m-1","category":"bike","name":"B","x":1,"y":1,"sensors":[
        {"id":"seat","behaviour":"level","source":
         {"type":"mqtt","preset":"json","topic":"hall/seat","property":"active"}}]}]}""";

  /// Prints that it is subscribed, and each reading.
  static final class Subscriber {
    private Subscriber() {}

    public static void main(String[] port) throws FloorPlanException, InterruptedException {
      FloorPlan plan = FloorPlanFile.parse(PLAN, "plan");
      var source =
          new MqttReadingSource(
              LanBrokerConfig.open("127.0.0.1", Integer.parseInt(port[0])),
              "g-gw-sensors",
              plan.machines().getFirst().sensors(),
              InstantSource.system(),
              Optional::of);
      source.start(Subscriber::print);
      Thread.currentThread().join();
    }

    private static void print(SensorInput input) {
      switch (input) {
        case SensorInput.SourceUp _ -> System.out.println("> subscribed");
        case SensorInput.Reading it -> System.out.println("> active: " + it.active());
        case SensorInput.SourceDown _, SensorInput.Unavailable _, SensorInput.Overflow _ -> {}
      }
    }
  }

  @Test
  @Timeout(60)
  void an_off_that_is_sent_while_the_subscriber_is_killed_arrives_after_its_restart()
      throws Exception {
    try (var broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0))) {
      Mqtt5BlockingClient device =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost("127.0.0.1")
              .serverPort(broker.address().port())
              .buildBlocking();
      device.connect();
      Process killed = start(broker.address().port());
      try (BufferedReader lines = lines(killed)) {
        assertThat(next(lines)).isEqualTo("> subscribed");
        publish(device, true);
        assertThat(next(lines)).isEqualTo("> active: true");
      } finally {
        kill(killed);
      }
      publish(device, false);
      Process restarted = start(broker.address().port());
      try (BufferedReader lines = lines(restarted)) {
        assertThat(next(lines)).isEqualTo("> subscribed");
        assertThat(next(lines)).isEqualTo("> active: false");
      } finally {
        kill(restarted);
        device.disconnect();
      }
    }
  }

  private static void publish(Mqtt5BlockingClient device, boolean active) {
    device
        .publishWith()
        .topic(TOPIC)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("{\"active\":%s}".formatted(active).getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private static Process start(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Subscriber.class.getName(),
            String.valueOf(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// The next line that is not of a log.
  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("> ")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
