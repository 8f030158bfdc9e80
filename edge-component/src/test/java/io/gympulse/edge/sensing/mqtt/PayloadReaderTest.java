package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.edge.sensing.mqtt.PayloadReader.Statement;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
  private static final Payloads PLUG =
      reader("\"preset\":\"json\",\"topic\":\"a\",\"property\":\"power\"");

  record Level(boolean active, Optional<Instant> timestamp) {}

  /// Reads each message by itself.
  record Payloads(MqttMapping mapping) {
    ReadResult<Level> read(MqttMessage message) {
      LevelState level = new LevelState(mapping.level().rule());
      return new PayloadReader(mapping)
          .read(message)
          .getFirst()
          .then(it -> it instanceof Statement.Level stated ? read(stated, level) : unknown());
    }

    private static ReadResult<Level> read(Statement.Level stated, LevelState level) {
      return level
          .of(stated.value(), stated.timestamp(), Instant.EPOCH)
          .then(active -> ReadResult.value(new Level(active, stated.timestamp())));
    }

    private static ReadResult<Level> unknown() {
      return ReadResult.nothing();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|true",
        "false|false",
        "1|true",
        "0|false",
        "0.0|false",
        "3.5|true",
        "-1|true",
        "\"ON\"|true",
        "\"off\"|false",
      })
  void plain_json_expresses_a_level_in_several_ways(String written, boolean active) {
    assertThat(read(PLUG, "{\"power\":%s}".formatted(written)))
        .isEqualTo(level(active, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "on|NOT_JSON",
        "{\"power\":1}x|NOT_JSON",
        "` `|NOT_JSON",
        "[]|NO_VALUE",
        "7|NO_VALUE",
        "{}|NO_VALUE",
        "{\"power\":null}|NO_VALUE",
        "{\"power\":{}}|UNKNOWN_VALUE",
        "{\"power\":\"maybe\"}|UNKNOWN_VALUE",
      })
  void a_payload_without_a_known_level_is_malformed_with_a_reason(String body, Defect defect) {
    assertThat(read(PLUG, body)).isEqualTo(ReadResult.malformed(defect));
  }

  @Test
  void a_payload_that_is_too_large_or_too_deep_or_not_utf_8_is_malformed() {
    assertThat(PLUG.read(new MqttMessage(new byte[MqttMessage.MAX_BYTES + 1], false)))
        .isEqualTo(ReadResult.malformed(Defect.TOO_LARGE));
    assertThat(PLUG.read(new MqttMessage(new byte[] {'{', (byte) 0xc3, '}'}, false)))
        .isEqualTo(ReadResult.malformed(Defect.NOT_UTF8));
    assertThat(read(PLUG, "{\"power\":1,\"x\":" + "[".repeat(64) + "]".repeat(64) + "}"))
        .isEqualTo(ReadResult.malformed(Defect.NOT_JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"ON|true", "` off `|false", "\"ON\"|true", "` \"off\" `|false"})
  void plain_text_may_be_a_string_of_json(String body, boolean active) {
    Payloads seat = reader("\"preset\":\"esphome\",\"device\":\"d\",\"property\":\"seat\"");
    assertThat(read(seat, body)).isEqualTo(level(active, Optional.empty()));
  }

  @Test
  void an_empty_payload_removes_a_retained_message_and_has_no_level() {
    assertThat(read(PLUG, "")).isEqualTo(ReadResult.nothing());
  }

  @Test
  void the_largest_payload_is_read() {
    String body = "{\"power\":1,\"x\":\"%s\"}";
    String filled = body.formatted("y".repeat(MqttMessage.MAX_BYTES - body.length() + 2));
    assertThat(filled).hasSize(MqttMessage.MAX_BYTES);
    assertThat(read(PLUG, filled)).isInstanceOf(ReadResult.Value.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "iso-8601|\"2026-03-01T18:00:00+01:00\"|2026-03-01T17:00:00Z",
        "iso-8601|\"2026-03-01T17:00:00.250Z\"|2026-03-01T17:00:00.250Z",
        "iso-8601|\"2026-03-01T18:00:00+0100\"|2026-03-01T17:00:00Z",
        "seconds|1631186545.04|2021-09-09T11:22:25.040Z",
        "seconds|\"1631186545\"|2021-09-09T11:22:25Z",
        "milliseconds|1631186545040|2021-09-09T11:22:25.040Z",
        "milliseconds|-1|1969-12-31T23:59:59.999Z",
      })
  void a_timestamp_is_read_in_its_unit(String unit, String written, Instant time) {
    assertThat(read(timed(unit), "{\"v\":1,\"t\":%s}".formatted(written)))
        .isEqualTo(level(true, Optional.of(time)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "iso-8601|\"2021-01-01T00:00:00\"",
        "iso-8601|1631186545",
        "iso-8601|\"+999999999-12-31T23:59:59Z\"",
        "seconds|\"soon\"",
        "seconds|true",
        "seconds|1e200",
        "milliseconds|{}",
      })
  void an_invalid_timestamp_or_one_without_offset_is_ignored(String unit, String written) {
    assertThat(read(timed(unit), "{\"v\":1,\"t\":%s}".formatted(written)))
        .isEqualTo(level(true, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"power\":1,\"DHT11\":{\"Temperature\":nan,\"Humidity\":-NaN}}|true",
        "{\"x\":inf,\"y\":[-Infinity,+INF],\"power\":0}|false",
        "{\"x\":\"a \\\"nan\",\"y\":nan,\"power\":1}|true",
        "\\uFEFF{\"power\":1}|true",
        "{\"power\":0}\\0\\0|false",
      })
  void what_is_not_json_beside_the_value_does_not_lose_it(String body, boolean active) {
    assertThat(read(PLUG, body.replace("\\uFEFF", "\ufeff").replace("\\0", "\0")))
        .isEqualTo(level(active, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"power\":nan}", "{\"power\":-inf}"})
  void a_number_that_json_does_not_have_is_no_value(String body) {
    assertThat(read(PLUG, body)).isEqualTo(ReadResult.malformed(Defect.NO_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"power\":nano}", "{\"power\":1,x:nan}", "nan", "{\"power\":\"nan", "\\"})
  void what_is_not_json_in_other_ways_remains_malformed(String body) {
    assertThat(read(PLUG, body))
        .isIn(ReadResult.malformed(Defect.NOT_JSON), ReadResult.malformed(Defect.NO_VALUE));
  }

  @ParameterizedTest
  @CsvSource({"null", "NULL", "\"null\""})
  void null_as_plain_text_says_nothing(String body) {
    Payloads seat =
        reader("\"preset\":\"zigbee2mqtt\",\"topic\":\"z/seat/occupancy\",\"plainText\":true");
    assertThat(read(seat, body)).isEqualTo(ReadResult.nothing());
    assertThat(read(seat, "true")).isEqualTo(level(true, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "-nan", "NaN", "inf", "null"})
  void a_number_that_a_device_does_not_know_says_nothing(String body) {
    Payloads mat =
        reader(
            "\"preset\":\"esphome\",\"device\":\"mat\",\"property\":\"load\",\"active\":{\"above\":1.2}");
    assertThat(read(mat, body)).isEqualTo(ReadResult.nothing());
    assertThat(read(mat, "2.71")).isEqualTo(level(true, Optional.empty()));
    assertThat(read(mat, "nano")).isEqualTo(ReadResult.malformed(Defect.NOT_A_NUMBER));
  }

  @Test
  void words_that_are_to_be_ignored_say_nothing() {
    Payloads action =
        reader(
            """
            "preset":"json","topic":"a","property":"action","active":"vibration",
            "inactive":"still","ignored":["","hold"]""");
    assertThat(read(action, "{\"action\":\"vibration\"}")).isEqualTo(level(true, Optional.empty()));
    assertThat(read(action, "{\"action\":\"\"}")).isEqualTo(ReadResult.nothing());
    assertThat(read(action, "{\"action\":\" HOLD \"}")).isEqualTo(ReadResult.nothing());
    assertThat(read(action, "{\"action\":\"other\"}"))
        .isEqualTo(ReadResult.malformed(Defect.UNKNOWN_VALUE));
  }

  @Test
  void an_excerpt_has_no_control_characters() {
    assertThat(new MqttMessage("a\nb\u001b[31m".getBytes(UTF_8), false)).hasToString("a b [31m");
    assertThat(new MqttMessage(new byte[1_000], false).toString()).hasSize(80).isBlank();
  }

  private static ReadResult<Level> level(boolean active, Optional<Instant> timestamp) {
    return ReadResult.value(new Level(active, timestamp));
  }

  private static Payloads timed(String unit) {
    return reader(
        """
        "preset":"custom","topic":"a","pointer":"/v","active":1,"inactive":0,
        "timestamp":{"pointer":"/t","unit":"%s"}"""
            .formatted(unit));
  }

  private static Payloads reader(String source) {
    return new Payloads(((SourceConfig.Mqtt) MqttSensors.level("plug", source).source()).mapping());
  }

  private static ReadResult<Level> read(Payloads reader, String body) {
    return reader.read(new MqttMessage(body.getBytes(UTF_8), false));
  }
}
