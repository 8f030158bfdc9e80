package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RememberingListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorReport;
import io.gympulse.edge.sensing.SourceReport;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanInboxTest {
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
  private final RememberingListener listener = new RememberingListener();
  private Instant now = START;
  private Function<Instant, Optional<Instant>> wall = Optional::of;

  @Test
  void ten_thousand_malformed_payloads_disturb_no_other_sensor() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT), LanSensors.level("door", DOOR));
    byte[][] bad = {
      "{".getBytes(UTF_8),
      "{\"in\":[]}".getBytes(UTF_8),
      new byte[] {(byte) 0xff, (byte) 0xfe, 0},
      new byte[Message.LARGEST + 1],
      "[".repeat(30_000).getBytes(UTF_8)
    };
    for (int i = 0; i < 10_000; i++) {
      inbox.received("gym/seat", bad[i % bad.length], false, listener);
      inbox.received(
          "gym/door", "{\"in\":%b}".formatted(i % 2 == 0).getBytes(UTF_8), false, listener);
    }
    assertThat(listener.readings())
        .hasSize(10_000)
        .allMatch(it -> it.sensor().value().equals("door"));
    assertThat(report(inbox, "seat"))
        .isEqualTo(new SensorReport(0, 0, 10_000, 0, true, Optional.empty()));
    assertThat(report(inbox, "door"))
        .isEqualTo(new SensorReport(10_000, 0, 0, 0, true, Optional.of(START)));
  }

  @Property(tries = 500)
  void nothing_a_device_sends_can_break_it(@ForAll byte[] payload, @ForAll boolean retained) {
    LanInbox inbox =
        inbox(
            LanSensors.level("seat", SEAT),
            LanSensors.level(
                "text",
                """
                "preset":"custom","topic":"gym/+","plainText":true,"active":"1","inactive":"0"
                """));
    for (String topic : List.of("gym/seat", "gym/hub")) {
      inbox.received(topic, payload, retained, listener);
    }
    SensorReport seat = report(inbox, "seat");
    assertThat(seat.readings() + seat.ignored() + seat.malformed()).isPositive();
  }

  @Test
  void a_device_that_is_away_makes_its_sensors_unavailable_once() {
    LanInbox inbox =
        inbox(
            LanSensors.level("seat", SEAT),
            LanSensors.level("bench", SEAT.replace("gym/seat", "gym/bench")),
            LanSensors.level("door", DOOR));
    say(inbox, "gym/hub", "down");
    say(inbox, "gym/hub", "down");
    assertThat(listener.unavailable())
        .extracting(SensorId::value)
        .containsExactlyInAnyOrder("seat", "bench");
    assertThat(new SourceReport(new SourceStatus.Running(), inbox.report()).unavailable())
        .extracting(SensorId::value)
        .containsExactly("bench", "seat");
    say(inbox, "gym/seat", "{\"in\":1}");
    assertThat(report(inbox, "seat").available()).isTrue();
    assertThat(report(inbox, "bench").available()).isFalse();
    say(inbox, "gym/hub", "up");
    assertThat(report(inbox, "bench").available()).isTrue();
    assertThat(listener.readings()).hasSize(1);
  }

  @Test
  void a_level_that_was_kept_is_believed_only_while_its_device_is_there() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    keep(inbox, "gym/hub", "down");
    keep(inbox, "gym/seat", "{\"in\":1}");
    assertThat(listener.readings()).isEmpty();
    keep(inbox, "gym/hub", "up");
    keep(inbox, "gym/seat", "{\"in\":1}");
    assertThat(listener.readings()).containsExactly(reading("seat", true, START));
    assertThat(report(inbox, "seat").lastSeen()).isEmpty();
  }

  @Test
  void a_pulse_that_was_kept_is_none() {
    LanInbox inbox = inbox(LanSensors.pulse("seat", SEAT));
    keep(inbox, "gym/seat", "{\"in\":1}");
    assertThat(listener.readings()).isEmpty();
    assertThat(report(inbox, "seat").ignored()).isOne();
    say(inbox, "gym/seat", "{\"in\":1}");
    assertThat(listener.readings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"ON, true", "OFF, false"})
  void what_was_kept_of_a_pulse_sensor_that_says_its_ends_still_holds(String said, boolean active) {
    LanInbox inbox =
        inbox(
            LanSensors.pulse(
                "rack",
                """
                "preset":"esphome","device":"rack","property":"reed"
                """));
    keep(inbox, "rack/binary_sensor/reed/state", said);
    assertThat(listener.readings()).containsExactly(reading("rack", active, START));
    keep(inbox, "rack/status", "offline");
    keep(inbox, "rack/binary_sensor/reed/state", said);
    assertThat(listener.readings()).hasSize(1);
  }

  /// Times are milliseconds by which the sensor's clock differs from the arrival.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-250, -250, 0",
    "-60000, -60000, 0",
    "-60001, 0, 1",
    "1, 0, 0",
    "2000, 0, 0",
    "2001, 0, 1",
    "86400000, 0, 1",
  })
  void a_sensors_clock_moves_a_reading_back_by_a_minute_at_most(
      long differs, long taken, long mistimed) {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START.plusMillis(differs)));
    assertThat(listener.readings()).containsExactly(reading("seat", true, START.plusMillis(taken)));
    assertThat(report(inbox, "seat").mistimed()).isEqualTo(mistimed);
  }

  @Test
  void a_sensor_tells_the_time_of_the_wall_and_a_reading_that_of_the_time_line() {
    wall = it -> Optional.of(it.plusSeconds(3_600));
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START.plusSeconds(3_590)));
    assertThat(listener.readings()).containsExactly(reading("seat", true, START.minusSeconds(10)));
  }

  @Test
  void no_sensors_clock_is_judged_by_a_wall_clock_that_is_not_right_itself() {
    wall = _ -> Optional.empty();
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START.minusSeconds(10)));
    assertThat(listener.readings()).containsExactly(reading("seat", true, START));
    assertThat(report(inbox, "seat").mistimed()).isZero();
  }

  @Test
  void a_time_that_cannot_be_read_is_counted_and_one_that_is_missing_is_not() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", "{\"in\":1,\"ms\":\"noon\"}");
    say(inbox, "gym/seat", "{\"in\":1,\"ms\":1e300}");
    say(inbox, "gym/seat", "{\"in\":1}");
    assertThat(listener.readings()).hasSize(3).allMatch(it -> it.at().equals(START));
    assertThat(report(inbox, "seat").mistimed()).isEqualTo(2);
  }

  @Test
  void repeats_and_what_was_overtaken_by_the_same_level_are_no_news() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START));
    say(inbox, "gym/seat", stamped(1, START));
    say(inbox, "gym/seat", stamped(1, START.minusMillis(1)));
    say(inbox, "gym/seat", stamped(0, START));
    say(inbox, "gym/seat", stamped(1, START));
    assertThat(listener.readings())
        .containsExactly(reading("seat", true, START), reading("seat", false, START));
    assertThat(report(inbox, "seat").ignored()).isEqualTo(3);
  }

  @Test
  void a_change_told_by_a_clock_that_was_set_back_is_taken_when_it_arrives() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START));
    now = START.plusSeconds(8);
    say(inbox, "gym/seat", stamped(0, START.minusSeconds(1)));
    assertThat(listener.readings())
        .containsExactly(
            reading("seat", true, START), reading("seat", false, START.plusSeconds(8)));
    assertThat(report(inbox, "seat").mistimed()).isOne();
  }

  @Test
  void a_clock_that_was_set_back_keeps_its_sensor_from_repeating_itself_for_ten_seconds_at_most() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/seat", stamped(1, START));
    now = START.plus(SensorClock.ORDER_KEPT_FOR);
    say(inbox, "gym/seat", stamped(1, START.minusSeconds(30)));
    assertThat(listener.readings()).hasSize(2);
  }

  @Test
  void the_same_again_is_news_after_the_connection_or_the_device_was_lost() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    keep(inbox, "gym/seat", stamped(1, START));
    inbox.cutOff();
    keep(inbox, "gym/seat", stamped(1, START));
    say(inbox, "gym/hub", "down");
    say(inbox, "gym/seat", stamped(1, START));
    assertThat(listener.readings()).hasSize(3);
  }

  @Test
  void a_device_that_is_still_away_when_the_connection_is_back_is_said_to_be_so_again() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT));
    say(inbox, "gym/hub", "down");
    inbox.cutOff();
    keep(inbox, "gym/hub", "down");
    keep(inbox, "gym/hub", "down");
    assertThat(listener.unavailable()).hasSize(2);
  }

  @Test
  void sensors_are_available_again_once_nothing_says_any_more_that_they_are_away() {
    String twice =
        """
        "preset":"zigbee2mqtt","device":"%s","property":"vibration"
        """;
    LanInbox inbox =
        inbox(
            LanSensors.pulse("rack", twice.formatted("rack")),
            LanSensors.pulse("bike", twice.formatted("bike")));
    say(inbox, "zigbee2mqtt/bridge/state", "online");
    say(inbox, "zigbee2mqtt/bridge/state", "offline");
    say(inbox, "zigbee2mqtt/bike/availability", "offline");
    assertThat(listener.available()).isEmpty();
    say(inbox, "zigbee2mqtt/bridge/state", "online");
    assertThat(listener.available()).extracting(SensorId::value).containsExactly("rack");
    say(inbox, "zigbee2mqtt/bike/availability", "online");
    say(inbox, "zigbee2mqtt/bike/availability", "online");
    assertThat(listener.available()).extracting(SensorId::value).containsExactly("rack", "bike");
  }

  @Test
  void whoever_is_told_that_a_source_is_up_can_be_told_who_is_away() {
    LanInbox inbox = inbox(LanSensors.level("seat", SEAT), LanSensors.level("door", DOOR));
    inbox.tellAbsences(listener);
    assertThat(listener.unavailable()).isEmpty();
    keep(inbox, "gym/hub", "down");
    inbox.tellAbsences(listener);
    assertThat(listener.unavailable()).extracting(SensorId::value).containsExactly("seat", "seat");
  }

  @Test
  void availability_is_subscribed_to_first_and_nothing_twice() {
    LanInbox inbox =
        inbox(
            LanSensors.level("seat", SEAT),
            LanSensors.level("door", DOOR),
            LanSensors.level(
                "any",
                """
                "preset":"json","topic":"gym/+","property":"x"
                """),
            LanSensors.level(
                "other",
                """
                "preset":"tasmota","device":"rack"
                """));
    assertThat(inbox.filters()).containsExactly("tele/rack/LWT", "gym/+", "tele/rack/SENSOR");
  }

  private LanInbox inbox(Sensor... sensors) {
    return new LanInbox(List.of(sensors), () -> now, wall);
  }

  private void say(LanInbox inbox, String topic, String payload) {
    inbox.received(topic, payload.getBytes(UTF_8), false, listener);
  }

  private void keep(LanInbox inbox, String topic, String payload) {
    inbox.received(topic, payload.getBytes(UTF_8), true, listener);
  }

  private static String stamped(int in, Instant at) {
    return "{\"in\":%d,\"ms\":%d}".formatted(in, at.toEpochMilli());
  }

  private static SensorReading reading(String sensor, boolean active, Instant at) {
    return new SensorReading(new SensorId(sensor), active, at);
  }

  private static SensorReport report(LanInbox inbox, String sensor) {
    Map<SensorId, SensorReport> reports = inbox.report();
    return Optional.ofNullable(reports.get(new SensorId(sensor))).orElseThrow();
  }
}
