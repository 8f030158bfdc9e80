package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Readings that are sent long after they happened, or again.
class OldReadingsTest {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");
  private static final String PIR =
      """
      "preset":"zigbee2mqtt","device":"pir","property":"occupancy"
      """;

  private final RecordingReceiver receiver = new RecordingReceiver();
  private Instant now = START;
  private Function<Instant, Optional<Instant>> wall = Optional::of;

  /// The bridge has started and sends its last states, of which this one is two days old.
  @ParameterizedTest
  @CsvSource({
    "level, '', +",
    "level, '\"offDelaySeconds\":900,', -",
    "motion, '', ''",
    "pulse, '\"vacancySeconds\":60,', ''",
  })
  void a_cached_state_is_not_a_new_activity(String behaviour, String timing, String levels) {
    MessageRouter router = router(sensor(behaviour, timing, PIR));
    publish(router, occupied(true, START.minus(Duration.ofDays(2))));
    assertThat(levels()).isEqualTo(levels);
  }

  @ParameterizedTest
  @CsvSource({"59, +", "899, +", "901, -"})
  void a_cached_activity_is_valid_for_its_off_delay(long seconds, String levels) {
    MessageRouter router = router(sensor("level", "\"offDelaySeconds\":900,", PIR));
    publish(router, occupied(true, START.minusSeconds(seconds)));
    assertThat(levels()).isEqualTo(levels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-27T19:00:00+01:00", "1772215200000", "2026-02-27T18:00:00.000Z"})
  void the_bridge_may_write_its_time_in_several_ways(String lastSeen) {
    MessageRouter router = router(sensor("motion", "", PIR));
    String written = lastSeen.contains("T") ? "\"" + lastSeen + "\"" : lastSeen;
    publish(router, "{\"occupancy\":true,\"last_seen\":%s}".formatted(written));
    assertThat(levels()).isEmpty();
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("+");
  }

  /// The first message cannot be told from a cached one.
  @Test
  void a_clock_that_is_always_wrong_by_the_same_time_makes_no_reading_old() {
    MessageRouter router = router(sensor("motion", "", PIR));
    for (int i = 0; i < 4; i++) {
      publish(router, occupied(true, now.minusSeconds(3_600 - i)));
      now = now.plusSeconds(100);
    }
    assertThat(levels()).isEqualTo("+++");
    publish(router, occupied(true, now.minusSeconds(7_200)));
    assertThat(levels()).isEqualTo("+++");
  }

  @Test
  void the_same_old_state_sent_twice_stays_old() {
    MessageRouter router = router(sensor("motion", "", PIR));
    publish(router, occupied(true, START.minusSeconds(3_600)));
    now = now.plusSeconds(5);
    publish(router, occupied(true, START.minusSeconds(3_600)));
    assertThat(levels()).isEmpty();
  }

  @Test
  void nothing_is_old_while_the_gateways_own_clock_is_not_synchronised() {
    wall = _ -> Optional.empty();
    MessageRouter router = router(sensor("motion", "", PIR));
    publish(router, occupied(true, START.minus(Duration.ofDays(2))));
    assertThat(levels()).isEqualTo("+");
  }

  @Test
  void a_bridge_that_has_just_come_online_sends_no_new_pulses_for_ten_seconds() {
    MessageRouter router = router(sensor("motion", "", PIR));
    received(router, "zigbee2mqtt/bridge/state", "{\"state\":\"online\"}", true);
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("+");
    received(router, "zigbee2mqtt/bridge/state", "{\"state\":\"online\"}", false);
    now = START.plusMillis(9_999);
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("+");
    now = START.plusSeconds(10);
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("++");
  }

  @Test
  void a_device_that_comes_online_by_its_own_pulse_is_heard() {
    MessageRouter router = router(sensor("motion", "", PIR));
    received(router, "zigbee2mqtt/pir/availability", "{\"state\":\"offline\"}", false);
    received(router, "zigbee2mqtt/pir/availability", "{\"state\":\"online\"}", false);
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("+");
  }

  @ParameterizedTest
  @CsvSource({
    "motion, ''",
    "level, '\"offDelaySeconds\":900,'",
  })
  void a_report_of_the_battery_repeats_no_activity(String behaviour, String timing) {
    MessageRouter router = router(sensor(behaviour, timing, PIR));
    publish(router, "{\"occupancy\":true,\"battery\":97,\"linkquality\":90}");
    publish(router, "{\"occupancy\":true,\"battery\":96,\"linkquality\":91}");
    publish(router, "{\"occupancy\":true,\"battery\":96,\"update\":{\"state\":\"idle\"}}");
    assertThat(levels()).isEqualTo("+");
    publish(router, "{\"occupancy\":true,\"battery\":96,\"linkquality\":80}");
    publish(router, "{\"occupancy\":false,\"battery\":95}");
    publish(router, "{\"occupancy\":true,\"battery\":94}");
    publish(router, "{\"occupancy\":true}");
    assertThat(levels()).isEqualTo("++-++");
  }

  @Test
  void a_level_that_needs_no_repeat_is_confirmed_by_a_report_of_the_battery() {
    MessageRouter router = router(sensor("contact", "", PIR));
    publish(router, "{\"occupancy\":true,\"battery\":97}");
    publish(router, "{\"occupancy\":true,\"battery\":96}");
    assertThat(levels()).isEqualTo("++");
  }

  private static String occupied(boolean occupied, Instant lastSeen) {
    return "{\"occupancy\":%b,\"last_seen\":\"%s\"}".formatted(occupied, lastSeen);
  }

  private MessageRouter router(Sensor sensor) {
    return new MessageRouter(List.of(sensor), () -> now, wall);
  }

  private void publish(MessageRouter router, String payload) {
    received(router, "zigbee2mqtt/pir", payload, false);
  }

  private void received(MessageRouter router, String topic, String payload, boolean retained) {
    router.received(topic, payload.getBytes(UTF_8), retained, receiver);
  }

  private String levels() {
    StringBuilder levels = new StringBuilder();
    for (SensorInput.Reading it : receiver.readings()) {
      levels.append(it.active() ? '+' : '-');
    }
    return levels.toString();
  }

  private static Sensor sensor(String behaviour, String timing, String source) {
    return MqttSensors.timed("pir", behaviour, timing, source);
  }
}
