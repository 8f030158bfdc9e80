package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Messages by which a sensor's own topic says that its level is unknown.
class UnknownLevelsTest {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");
  private static final String TOPIC = "homeassistant/binary_sensor/bike/state";
  private static final String ENTITY =
      """
      "preset":"home-assistant","device":"binary_sensor.bike"
      """;
  private static final String RACK =
      """
      "preset":"zigbee2mqtt","device":"rack","property":"occupancy"
      """;

  private final RecordingReceiver receiver = new RecordingReceiver();

  @Test
  void a_word_makes_the_level_unknown_until_the_next_reading() {
    MessageRouter router = router(MqttSensors.level("bike", ENTITY));
    publish(router, TOPIC, "on");
    publish(router, TOPIC, "unavailable");
    publish(router, TOPIC, "unknown");
    publish(router, TOPIC, "off");
    publish(router, TOPIC, "unknown");
    assertThat(reasons()).containsExactly("it reports 'unavailable'", "it reports 'unknown'");
    assertThat(receiver.readings())
        .extracting(SensorInput.Reading::active)
        .containsExactly(true, false);
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsExactly(0L);
  }

  @Test
  void a_retained_reading_after_a_reconnect_is_newer_than_the_word_before() {
    MessageRouter router = router(MqttSensors.level("bike", ENTITY));
    publish(router, TOPIC, "unavailable");
    router.disconnected();
    retain(router, TOPIC, "on");
    assertThat(receiver.readings()).hasSize(1);
    retain(router, TOPIC, "unavailable");
    retain(router, TOPIC, "on");
    assertThat(receiver.readings()).hasSize(2);
    assertThat(reasons()).hasSize(2);
  }

  @Test
  void a_cleared_topic_of_readings_makes_its_sensor_unavailable() {
    MessageRouter router = router(MqttSensors.level("rack", RACK));
    publish(router, "zigbee2mqtt/rack", "{\"occupancy\":true}");
    publish(router, "zigbee2mqtt/rack", "");
    publish(router, "zigbee2mqtt/rack", "");
    assertThat(reasons()).containsExactly("topic cleared");
    retain(router, "zigbee2mqtt/rack", "{\"occupancy\":true}");
    assertThat(receiver.readings()).hasSize(2);
  }

  @Test
  void a_cleared_topic_of_availability_makes_its_sensors_unavailable() {
    MessageRouter router = router(MqttSensors.level("rack", RACK));
    publish(router, "zigbee2mqtt/rack", "{\"occupancy\":true}");
    publish(router, "zigbee2mqtt/rack/availability", "");
    assertThat(reasons()).containsExactly("topic cleared");
    router.disconnected();
    router.reportUnavailable(receiver);
    assertThat(reasons()).containsExactly("topic cleared", "topic cleared");
  }

  @Test
  void an_empty_message_after_each_event_is_a_value_and_clears_nothing() {
    MessageRouter router =
        router(
            MqttSensors.pulse(
                "cable",
                """
                "preset":"zigbee2mqtt","topic":"zigbee2mqtt/cable/action","plainText":true,
                "active":"vibration","inactive":[]"""),
            MqttSensors.pulse(
                "rope",
                """
                "preset":"zigbee2mqtt","device":"rope","property":"action",
                "active":"vibration","inactive":[]"""));
    publish(router, "zigbee2mqtt/cable/action", "vibration");
    publish(router, "zigbee2mqtt/cable/action", "");
    publish(router, "zigbee2mqtt/rope", "{\"action\":\"vibration\"}");
    publish(router, "zigbee2mqtt/rope", "{\"action\":\"\"}");
    assertThat(receiver.readings()).hasSize(2);
    assertThat(reasons()).isEmpty();
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsOnly(0L);
  }

  @Test
  void availability_and_readings_may_share_a_topic() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike",
                """
                "preset":"custom","topic":"gym/bike","plainText":true,"active":"on","inactive":"off",
                "availability":{"topic":"gym/bike","online":"back","offline":"gone"}"""),
            MqttSensors.level(
                "rack",
                """
                "preset":"custom","topic":"gym/rack","pointer":"/in","active":1,"inactive":0,
                "availability":{"topic":"gym/rack","pointer":"/link","online":"up","offline":"down"}"""));
    publish(router, "gym/bike", "on");
    publish(router, "gym/bike", "gone");
    publish(router, "gym/bike", "off");
    publish(router, "gym/bike", "back");
    publish(router, "gym/rack", "{\"in\":1}");
    publish(router, "gym/rack", "{\"link\":\"down\"}");
    publish(router, "gym/rack", "{\"in\":0,\"link\":\"up\"}");
    assertThat(receiver.readings()).hasSize(4);
    assertThat(receiver.unavailable()).hasSize(2);
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsOnly(0L);
    publish(router, "gym/bike", "lost");
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsOnly(0L, 1L);
  }

  private List<String> reasons() {
    return receiver.changes().stream()
        .filter(SensorInput.Unavailable.class::isInstance)
        .map(it -> ((SensorInput.Unavailable) it).reason())
        .toList();
  }

  private static MessageRouter router(Sensor... sensors) {
    return new MessageRouter(List.of(sensors), () -> START, Optional::of);
  }

  private void publish(MessageRouter router, String topic, String payload) {
    router.received(topic, payload.getBytes(UTF_8), false, receiver);
  }

  private void retain(MessageRouter router, String topic, String payload) {
    router.received(topic, payload.getBytes(UTF_8), true, receiver);
  }
}
