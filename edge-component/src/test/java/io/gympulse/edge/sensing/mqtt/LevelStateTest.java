package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers of real devices as levels.
class LevelStateTest {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");
  private static final String COUNTER =
      """
      "preset":"custom","topic":"gym/x","pointer":"/v","active":{"perMinute":20},
      "timestamp":{"pointer":"/ms","unit":"milliseconds"}""";

  private final RecordingReceiver receiver = new RecordingReceiver();
  private Instant now = START;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A plug of an idle and a running treadmill, in watts.
        "\"active\":{\"above\":30},\"inactive\":{\"below\":15} | 0 6.4 834 5.9 | - - + -",
        "\"active\":{\"above\":30},\"inactive\":{\"below\":15} | 20 31 20 30 15 14.9 20 | - + + + + - -",
        "\"active\":{\"above\":30} | 30 30.1 30 | - + -",
        // A distance in centimetres.
        "\"active\":{\"below\":80},\"inactive\":{\"above\":100} | 300 79 90 101 90 | - + + - -",
        "\"active\":{\"below\":-5} | 0 -6 -5 | - + -",
        // A pressure mat in volts.
        "\"active\":{\"above\":1.2},\"inactive\":{\"below\":0.8} | 0.02 2.71 1.0 | - + +",
      })
  void a_number_is_compared_with_limits(String rule, String numbers, String levels) {
    MessageRouter router =
        router("\"preset\":\"custom\",\"topic\":\"gym/x\",\"plainText\":true," + rule);
    for (String number : numbers.split(" ", -1)) {
      publish(router, number);
    }
    assertThat(levels()).isEqualTo(levels.replace(" ", ""));
  }

  @Test
  void a_number_between_two_limits_is_inactive_again_once_nothing_was_known_of_the_sensor() {
    MessageRouter router =
        router(
            """
            "preset":"custom","topic":"gym/x","plainText":true,
            "active":{"above":30},"inactive":{"below":15},
            "availability":{"topic":"gym/hub","online":"up","offline":"down"}""");
    publish(router, "100");
    publish(router, "20");
    router.received("gym/hub", "down".getBytes(UTF_8), false, receiver);
    publish(router, "20");
    assertThat(levels()).isEqualTo("++-");
  }

  @Test
  void a_text_in_place_of_a_number_is_malformed_and_changes_nothing() {
    MessageRouter router =
        router(
            """
            "preset":"json","topic":"gym/x","property":"v",
            "active":{"above":30},"inactive":{"below":15}""");
    publish(router, "{\"v\":100}");
    publish(router, "{\"v\":\"much\"}");
    publish(router, "{\"v\":true}");
    publish(router, "{\"v\":1e400}");
    publish(router, "{\"v\":\"20\"}");
    assertThat(levels()).isEqualTo("++");
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsExactly(3L);
  }

  /// Each number is preceded by the seconds since the one before. The first has no rate.
  @ParameterizedTest
  @CsvSource({
    // Nobody, then 75 turns a minute, then nobody, by a counter that is sent each ten seconds.
    "0:100 10:100 10:112 10:125 10:125, -++-",
    // The device has started again.
    "0:100 10:110 10:0 10:10, ++",
    // A message per count, three a second: rates are taken over three seconds.
    "0:1 1:2 1:8 1:11 1:11 1:11 1:11, +++-",
    // One count alone is no rate.
    "0:1 300:2 1:3, --",
  })
  void a_counter_is_active_while_it_rises_fast_enough(String counts, String levels) {
    MessageRouter router = router(COUNTER);
    for (String count : counts.split(" ", -1)) {
      now = now.plusSeconds(Long.parseLong(count.split(":", -1)[0]));
      publish(router, "{\"v\":%s}".formatted(count.split(":", -1)[1]));
    }
    assertThat(levels()).isEqualTo(levels);
  }

  @Test
  void a_counters_rate_is_taken_from_the_sensors_own_times_if_it_sends_them() {
    MessageRouter router = router(COUNTER);
    publish(router, stamped(100, START.minusSeconds(30)));
    publish(router, stamped(105, START.minusSeconds(15)));
    publish(router, stamped(105, START));
    assertThat(levels()).isEqualTo("+-");
  }

  private static String stamped(int count, Instant at) {
    return "{\"v\":%d,\"ms\":%d}".formatted(count, at.toEpochMilli());
  }

  private MessageRouter router(String source) {
    Sensor sensor = MqttSensors.level("x", source);
    assertThat(sensor.id()).isEqualTo(new SensorId("x"));
    return new MessageRouter(List.of(sensor), () -> now, Optional::of);
  }

  private void publish(MessageRouter router, String payload) {
    router.received("gym/x", payload.getBytes(UTF_8), false, receiver);
  }

  private String levels() {
    StringBuilder levels = new StringBuilder();
    for (SensorInput.Reading it : receiver.readings()) {
      levels.append(it.active() ? '+' : '-');
    }
    return levels.toString();
  }
}
