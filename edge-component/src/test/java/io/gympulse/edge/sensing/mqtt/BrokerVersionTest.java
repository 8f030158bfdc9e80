package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SourceStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerVersionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Sensor SEAT =
      MqttSensors.level("seat", "\"preset\":\"tasmota\",\"device\":\"seat\"");
  private static final Sensor SADDLE =
      MqttSensors.pulse(
          "saddle", "\"preset\":\"json\",\"topic\":\"gym/saddle\",\"property\":\"on\"");
  private static final int GRANTED = 1;
  private static final int REFUSED = 0x80;
  private static final byte[] ACCEPTED = ScriptedBroker.connAck(0);

  private final RecordingReceiver receiver = new RecordingReceiver();

  /// In the forms of MQTT 3.1.1, of MQTT 5 with the code of MQTT 3.1.1, and of MQTT 5, or by
  /// closing the connection.
  @ParameterizedTest
  @ValueSource(strings = {"20020001", "2003000100", "2003008400", ""})
  void a_broker_that_refuses_mqtt_5_is_used_by_mqtt_3_1_1(String refusal) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(refusal);
    try (var broker = new ScriptedBroker(bytes, ACCEPTED, GRANTED);
        var source = source(broker.port())) {
      source.start(receiver);
      await().atMost(LIMIT).until(() -> source.status() instanceof SourceStatus.Running);
      assertThat(broker.versions()).containsExactly(5, 4);
      assertThat(receiver.changes()).noneMatch(it -> it instanceof SensorInput.SourceDown);
    }
  }

  @Test
  void a_filter_that_is_not_granted_by_mqtt_3_1_1_shows_in_the_status() throws IOException {
    try (var broker = new ScriptedBroker(new byte[0], ACCEPTED, REFUSED);
        var source = source(broker.port())) {
      source.start(receiver);
      awaitReason(source, "a subscription was refused");
    }
  }

  @Test
  void a_login_that_is_refused_by_mqtt_3_1_1_shows_in_the_status() throws IOException {
    try (var broker = new ScriptedBroker(new byte[0], ScriptedBroker.connAck(5), GRANTED);
        var source = source(broker.port())) {
      source.start(receiver);
      awaitReason(source, "the broker refuses the login");
      await().atMost(LIMIT).until(() -> broker.versions().size() > 2);
      assertThat(broker.versions()).startsWith(5, 4, 5);
    }
  }

  @Test
  void readings_arrive_from_a_real_broker_of_mqtt_3_1_1_also_after_its_restart()
      throws IOException {
    int port = ScriptedBroker.freePort();
    MoquetteBroker broker = new MoquetteBroker(port);
    try (var source = source(port)) {
      source.start(receiver);
      await().atMost(LIMIT).until(() -> source.status() instanceof SourceStatus.Running);
      publish(port, "ON");
      await().atMost(LIMIT).until(() -> receiver.readings().size() == 1);
      assertThat(receiver.readings().getFirst().active()).isTrue();
      broker.close();
      await().atMost(LIMIT).until(() -> source.status() instanceof SourceStatus.Failing);
      broker = new MoquetteBroker(port);
      await().atMost(LIMIT).until(() -> source.status() instanceof SourceStatus.Running);
      publish(port, "OFF");
      await().atMost(LIMIT).until(() -> receiver.readings().size() == 2);
      assertThat(receiver.readings().getLast().active()).isFalse();
    } finally {
      broker.close();
    }
  }

  @Test
  void the_last_level_that_is_sent_between_two_connections_counts_but_no_pulse()
      throws IOException {
    int port = ScriptedBroker.freePort();
    MoquetteBroker broker = new MoquetteBroker(port);
    try {
      try (var before = source(port)) {
        before.start(receiver);
        await().atMost(LIMIT).until(() -> before.status() instanceof SourceStatus.Running);
      }
      for (String value : List.of("ON", "OFF", "ON")) {
        publish(port, value);
      }
      try (var device = new FakeDevice(port)) {
        device.publish("gym/saddle", "{\"on\":true}");
      }
      try (var after = source(port)) {
        after.start(receiver);
        await().atMost(LIMIT).until(() -> !receiver.readings().isEmpty());
        assertThat(receiver.readings())
            .singleElement()
            .satisfies(
                it -> {
                  assertThat(it.sensor()).isEqualTo(SEAT.id());
                  assertThat(it.active()).isTrue();
                });
      }
    } finally {
      broker.close();
    }
  }

  private static void publish(int port, String value) {
    try (var device = new FakeDevice(port)) {
      device.publish("tele/seat/SENSOR", "{\"Switch1\":\"%s\"}".formatted(value));
    }
  }

  private static void awaitReason(MqttReadingSource source, String reason) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(source.status())
                    .isInstanceOfSatisfying(
                        SourceStatus.Failing.class,
                        it -> assertThat(it.reason()).contains(reason)));
  }

  private static MqttReadingSource source(int port) {
    return new MqttReadingSource(
        LanBrokerConfig.open("127.0.0.1", port),
        "gateway",
        List.of(SEAT, SADDLE),
        InstantSource.system(),
        Optional::of);
  }
}
