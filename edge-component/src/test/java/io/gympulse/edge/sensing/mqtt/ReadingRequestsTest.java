package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SourceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ReadingRequestsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Sensor SEAT =
      MqttSensors.level("seat", "\"preset\":\"tasmota\",\"device\":\"seat\"");
  private static final Sensor DOOR =
      MqttSensors.level(
          "door", "\"preset\":\"zigbee2mqtt\",\"device\":\"door\",\"property\":\"contact\"");
  private static final Sensor TILT =
      MqttSensors.pulse(
          "tilt", "\"preset\":\"zigbee2mqtt\",\"device\":\"tilt\",\"property\":\"vibration\"");
  private static final Sensor QUIET =
      MqttSensors.level("quiet", "\"preset\":\"shelly-gen2\",\"device\":\"shelly\",\"ask\":false");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Duration> delays = new ArrayList<>();
  private final FakeBrokerClient client = new FakeBrokerClient();
  private final ReadingRequests requests =
      new ReadingRequests(
          List.of(SEAT, DOOR, TILT, QUIET),
          (delay, task) -> {
            delays.add(delay);
            tasks.add(task);
          });

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void devices_without_a_reading_are_asked_one_after_the_other() {
    requests.begin(client);
    assertThat(client.published).isEmpty();
    runTasks();
    assertThat(client.published)
        .containsExactly("cmnd/seat/STATUS 10", "zigbee2mqtt/door/get {\"contact\":\"\"}");
    assertThat(delays.getFirst()).hasSeconds(2);
    assertThat(delays.subList(1, delays.size())).containsOnly(Duration.ofMillis(50));
  }

  @Test
  void a_device_with_a_reading_on_this_connection_is_not_asked() {
    requests.begin(client);
    requests.heard(new SensorInput.Reading(SEAT.id(), true, Instant.EPOCH));
    runTasks();
    assertThat(client.published).containsExactly("zigbee2mqtt/door/get {\"contact\":\"\"}");
    requests.end();
    requests.begin(client);
    runTasks();
    assertThat(client.published).hasSize(3);
  }

  @Test
  void nothing_is_asked_after_the_end_of_the_connection() {
    requests.begin(client);
    tasks.remove().run();
    requests.end();
    runTasks();
    assertThat(client.published).hasSize(1);
  }

  @Test
  void an_answer_on_a_topic_of_its_own_is_read_as_a_message_of_the_readings() {
    assertThat(requests.answerTopics()).containsExactly("stat/seat/STATUS10");
    assertThat(reading("{\"StatusSNS\":{\"Switch1\":\"ON\"}}"))
        .contains(new TranslatedMessage("tele/seat/SENSOR", "{\"Switch1\":\"ON\"}", true));
    assertThat(reading("{\"Status\":{}}")).isEmpty();
    assertThat(reading("no JSON")).isEmpty();
    assertThat(requests.reading("stat/seat/RESULT", new byte[0])).isEmpty();
  }

  private Optional<TranslatedMessage> reading(String payload) {
    return requests.reading("stat/seat/STATUS10", payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_level_that_was_not_retained_is_known_soon_after_the_connection() throws IOException {
    int port = ScriptedBroker.freePort();
    var receiver = new RecordingReceiver();
    try (var _ = new MoquetteBroker(port);
        var device = new FakeDevice(port);
        var source =
            new MqttReadingSource(
                LanBrokerConfig.open("127.0.0.1", port),
                "gateway",
                List.of(SEAT),
                InstantSource.system(),
                Optional::of)) {
      device.subscribe("cmnd/seat/STATUS");
      source.start(receiver);
      await().atMost(LIMIT).until(() -> source.status() instanceof SourceStatus.Running);
      await().atMost(LIMIT).until(() -> !device.received().isEmpty());
      assertThat(device.received()).containsExactly("cmnd/seat/STATUS 10");
      device.publish("stat/seat/STATUS10", "{\"StatusSNS\":{\"Switch1\":\"ON\"}}");
      await().atMost(LIMIT).until(() -> !receiver.readings().isEmpty());
      assertThat(receiver.readings().getFirst().active()).isTrue();
    }
  }
}
