package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRouterTest {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");
  private static final String SEAT =
      """
      "preset":"custom","topic":"gym/seat","pointer":"/in","active":1,"inactive":0,
      "missing":"ignored","timestamp":{"pointer":"/ms","unit":"milliseconds"},
      "availability":{"topic":"gym/hub","online":"up","offline":"down"}""";
  private static final String DOOR =
      """
      "preset":"json","topic":"gym/door","property":"in"
      """;
  private final RecordingReceiver receiver = new RecordingReceiver();
  private Instant now = START;
  private Function<Instant, Optional<Instant>> wall = Optional::of;

  @Test
  void ten_thousand_malformed_payloads_have_no_effect_on_other_readings() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT), MqttSensors.level("door", DOOR));
    byte[][] bad = {
      "{".getBytes(UTF_8),
      "{\"in\":[]}".getBytes(UTF_8),
      new byte[] {(byte) 0xff, (byte) 0xfe, 0},
      new byte[MqttMessage.MAX_BYTES + 1],
      "[".repeat(30_000).getBytes(UTF_8)
    };
    for (int i = 0; i < 10_000; i++) {
      router.received("gym/seat", bad[i % bad.length], false, receiver);
      router.received(
          "gym/door", "{\"in\":%b}".formatted(i % 2 == 0).getBytes(UTF_8), false, receiver);
    }
    assertThat(receiver.readings())
        .hasSize(10_000)
        .allMatch(it -> it.sensor().value().equals("door"));
    publish(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).last().isEqualTo(reading("seat", true, START));
  }

  @Property(tries = 500)
  void no_payload_has_an_effect_on_later_messages(
      @ForAll byte[] payload, @ForAll boolean retained) {
    MessageRouter router =
        router(
            MqttSensors.level("seat", SEAT),
            MqttSensors.level(
                "text",
                """
                "preset":"custom","topic":"gym/+","plainText":true,"active":"1","inactive":"0"
                """));
    for (String topic : List.of("gym/seat", "gym/hub")) {
      router.received(topic, payload, retained, receiver);
    }
    router.disconnected();
    publish(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).last().isEqualTo(reading("seat", true, START));
  }

  @Test
  void an_unavailable_device_makes_its_sensors_unavailable_once() {
    MessageRouter router =
        router(
            MqttSensors.level("seat", SEAT),
            MqttSensors.level("bench", SEAT.replace("gym/seat", "gym/bench")),
            MqttSensors.level("door", DOOR));
    publish(router, "gym/hub", "down");
    publish(router, "gym/hub", "down");
    assertThat(receiver.unavailable())
        .extracting(SensorId::value)
        .containsExactlyInAnyOrder("seat", "bench");
    publish(router, "gym/seat", "{\"in\":1}");
    publish(router, "gym/hub", "up");
    assertThat(receiver.available()).extracting(SensorId::value).containsExactly("bench");
    assertThat(receiver.readings()).hasSize(1);
  }

  @Test
  void a_retained_level_counts_only_while_its_device_is_available() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    retain(router, "gym/hub", "down");
    retain(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).isEmpty();
    retain(router, "gym/hub", "up");
    retain(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).containsExactly(reading("seat", true, START));
  }

  @Test
  void a_retained_pulse_does_not_count() {
    MessageRouter router = router(MqttSensors.pulse("seat", SEAT));
    retain(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).isEmpty();
    publish(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"ON, true", "OFF, false"})
  void a_retained_level_of_a_pulse_sensor_that_reports_the_end_of_pulses_counts(
      String payload, boolean active) {
    MessageRouter router =
        router(
            MqttSensors.pulse(
                "rack",
                """
                "preset":"esphome","device":"rack","property":"reed"
                """));
    retain(router, "rack/binary_sensor/reed/state", payload);
    assertThat(receiver.readings()).containsExactly(reading("rack", active, START));
    retain(router, "rack/status", "offline");
    retain(router, "rack/binary_sensor/reed/state", payload);
    assertThat(receiver.readings()).hasSize(1);
  }

  /// Times are milliseconds by which the sensor's clock differs from the arrival. A timestamp that
  /// is used also reveals that a second message is a repeat.
  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "-250, -250, true",
    "-60000, -60000, true",
    "-60001, 0, false",
    "1, 0, true",
    "2000, 0, true",
    "2001, 0, false",
    "86400000, 0, false",
  })
  void a_timestamp_dates_a_reading_back_by_a_minute_at_most(
      long difference, long dated, boolean used) {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START.plusMillis(difference)));
    assertThat(dated()).containsExactly(reading("seat", true, START.plusMillis(dated)));
    publish(router, "gym/seat", stamped(1, START.plusMillis(difference)));
    assertThat(receiver.readings()).hasSize(used ? 1 : 2);
  }

  @Test
  void a_timestamp_is_a_wall_time_and_a_reading_is_dated_on_the_timeline() {
    wall = it -> Optional.of(it.plusSeconds(3_600));
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START.plusSeconds(3_590)));
    assertThat(receiver.readings()).containsExactly(reading("seat", true, START.minusSeconds(10)));
  }

  @Test
  void timestamps_are_ignored_while_the_wall_clock_is_not_synchronised() {
    wall = _ -> Optional.empty();
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START.minusSeconds(10)));
    assertThat(receiver.readings()).containsExactly(reading("seat", true, START));
  }

  @Test
  void a_reading_without_a_valid_timestamp_is_dated_to_its_arrival() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", "{\"in\":1,\"ms\":\"noon\"}");
    publish(router, "gym/seat", "{\"in\":1,\"ms\":1e300}");
    publish(router, "gym/seat", "{\"in\":1}");
    assertThat(receiver.readings()).hasSize(3).allMatch(it -> it.at().equals(START));
  }

  @Test
  void repeats_and_older_readings_of_the_same_level_are_dropped() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START));
    publish(router, "gym/seat", stamped(1, START));
    publish(router, "gym/seat", stamped(1, START.minusMillis(1)));
    publish(router, "gym/seat", stamped(0, START));
    publish(router, "gym/seat", stamped(1, START));
    assertThat(receiver.readings())
        .containsExactly(reading("seat", true, START), reading("seat", false, START));
  }

  @Test
  void a_change_by_a_clock_that_was_set_back_is_dated_to_its_arrival() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START));
    now = START.plusSeconds(8);
    publish(router, "gym/seat", stamped(0, START.minusSeconds(1)));
    assertThat(dated())
        .containsExactly(
            reading("seat", true, START), reading("seat", false, START.plusSeconds(8)));
    assertThat(receiver.readings())
        .last()
        .extracting(SensorInput.Reading::stampedAt)
        .isEqualTo(START.minusSeconds(1));
  }

  @Test
  void repeats_by_a_clock_that_was_set_back_are_dropped_for_ten_seconds_at_most() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/seat", stamped(1, START));
    now = START.plus(SensorClock.ORDER_KEPT_FOR);
    publish(router, "gym/seat", stamped(1, START.minusSeconds(30)));
    assertThat(receiver.readings()).hasSize(2);
  }

  @Test
  void a_repeat_counts_after_the_connection_or_the_device_was_lost() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    retain(router, "gym/seat", stamped(1, START));
    router.disconnected();
    retain(router, "gym/seat", stamped(1, START));
    publish(router, "gym/hub", "down");
    publish(router, "gym/seat", stamped(1, START));
    assertThat(receiver.readings()).hasSize(3);
  }

  @Test
  void a_device_that_is_still_unavailable_after_a_reconnect_is_notified_again() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT));
    publish(router, "gym/hub", "down");
    router.disconnected();
    retain(router, "gym/hub", "down");
    retain(router, "gym/hub", "down");
    assertThat(receiver.unavailable()).hasSize(2);
  }

  @Test
  void sensors_are_available_once_no_topic_reports_them_as_unavailable() {
    String source =
        """
        "preset":"zigbee2mqtt","device":"%s","property":"vibration"
        """;
    MessageRouter router =
        router(
            MqttSensors.pulse("rack", source.formatted("rack")),
            MqttSensors.pulse("bike", source.formatted("bike")));
    publish(router, "zigbee2mqtt/bridge/state", "online");
    publish(router, "zigbee2mqtt/bridge/state", "offline");
    publish(router, "zigbee2mqtt/bike/availability", "offline");
    assertThat(receiver.available()).isEmpty();
    publish(router, "zigbee2mqtt/bridge/state", "online");
    assertThat(receiver.available()).extracting(SensorId::value).containsExactly("rack");
    publish(router, "zigbee2mqtt/bike/availability", "online");
    publish(router, "zigbee2mqtt/bike/availability", "online");
    assertThat(receiver.available()).extracting(SensorId::value).containsExactly("rack", "bike");
  }

  @Test
  void unavailable_sensors_can_be_notified_again() {
    MessageRouter router = router(MqttSensors.level("seat", SEAT), MqttSensors.level("door", DOOR));
    router.reportUnavailable(receiver);
    assertThat(receiver.unavailable()).isEmpty();
    retain(router, "gym/hub", "down");
    router.reportUnavailable(receiver);
    assertThat(receiver.unavailable()).extracting(SensorId::value).containsExactly("seat", "seat");
  }

  @Test
  void what_was_received_of_a_sensor_is_counted() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "seat",
                """
                "preset":"zigbee2mqtt","device":"seat","property":"ocupancy"
                """),
            MqttSensors.level("door", DOOR));
    assertThat(router.stats().get(new SensorId("seat"))).isEqualTo(SensorStats.NONE);
    publish(router, "zigbee2mqtt/seat", "{\"occupancy\":true,\"battery\":97}");
    publish(router, "gym/door", "{\"in\":true}");
    now = START.plusSeconds(1);
    publish(router, "gym/door", "{\"in\":\"%s\"}".formatted("x".repeat(200)));
    assertThat(router.stats().get(new SensorId("seat")))
        .isEqualTo(
            new SensorStats(
                0,
                1,
                0,
                Optional.of(START),
                Optional.empty(),
                Optional.empty(),
                List.of("occupancy", "battery")));
    assertThat(router.stats().get(new SensorId("door")))
        .isEqualTo(
            new SensorStats(
                1,
                0,
                1,
                Optional.of(START.plusSeconds(1)),
                Optional.of("x".repeat(97) + "..."),
                Optional.of(Defect.UNKNOWN_VALUE.toString()),
                List.of()));
  }

  @Test
  void no_more_names_are_remembered_than_an_operator_can_read() {
    MessageRouter router = router(MqttSensors.level("door", DOOR));
    for (int i = 0; i < 100; i++) {
      publish(router, "gym/door", "{\"%d%s\":1}".formatted(i, "x".repeat(100)));
    }
    assertThat(router.stats().values())
        .flatExtracting(SensorStats::seenNames)
        .hasSize(20)
        .allMatch(it -> it.toString().length() == 40);
  }

  @Test
  void availability_is_subscribed_first_and_no_topic_twice() {
    MessageRouter router =
        router(
            MqttSensors.level("seat", SEAT),
            MqttSensors.level("door", DOOR),
            MqttSensors.level(
                "any",
                """
                "preset":"json","topic":"gym/+","property":"x"
                """),
            MqttSensors.level(
                "other",
                """
                "preset":"tasmota","device":"rack"
                """));
    assertThat(router.filters()).containsExactly("tele/rack/LWT", "gym/+", "tele/rack/SENSOR");
  }

  /// The readings without the sensors' own times.
  private List<SensorInput.Reading> dated() {
    return receiver.readings().stream()
        .map(it -> new SensorInput.Reading(it.sensor(), it.active(), it.at()))
        .toList();
  }

  private MessageRouter router(Sensor... sensors) {
    return new MessageRouter(List.of(sensors), () -> now, wall);
  }

  private void publish(MessageRouter router, String topic, String payload) {
    router.received(topic, payload.getBytes(UTF_8), false, receiver);
  }

  private void retain(MessageRouter router, String topic, String payload) {
    router.received(topic, payload.getBytes(UTF_8), true, receiver);
  }

  private static String stamped(int in, Instant at) {
    return "{\"in\":%d,\"ms\":%d}".formatted(in, at.toEpochMilli());
  }

  private static SensorInput.Reading reading(String sensor, boolean active, Instant at) {
    return new SensorInput.Reading(new SensorId(sensor), active, at);
  }
}
