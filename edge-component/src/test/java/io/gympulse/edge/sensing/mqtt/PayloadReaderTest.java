package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.MqttFormat;
import io.gympulse.contract.floorplan.SensorSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
  private static final SensorSource.Mqtt DOOR = source(MqttFormat.ZIGBEE2MQTT, "contact", false);
  private static final SensorSource.Mqtt PLUG = source(MqttFormat.JSON, "power", true);

  @Test
  void zigbee2mqtt_says_the_level_in_a_boolean() {
    assertThat(read(DOOR, "{\"contact\":false,\"battery\":97,\"linkquality\":120}"))
        .isEqualTo(new Payload.Level(true));
    assertThat(read(DOOR, "{\"contact\":true}")).isEqualTo(new Payload.Level(false));
  }

  @Test
  void zigbee2mqtt_may_speak_of_something_else() {
    assertThat(read(DOOR, "{\"battery\":97}")).isEqualTo(new Payload.Other());
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "false,false",
    "1,true",
    "0,false",
    "3.5,true",
    "'\"ON\"',true",
    "'\"off\"',false"
  })
  void plain_json_says_it_in_several_ways(String written, boolean active) {
    assertThat(read(PLUG, "{\"power\":%s}".formatted(written)))
        .isEqualTo(new Payload.Level(active));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "on",
        "[]",
        "{\"power\":null}",
        "{\"power\":{}}",
        "{\"power\":\"maybe\"}",
        "{}",
        "{\"power\":1}x"
      })
  void what_is_no_level_is_malformed_and_says_why(String body) {
    assertThat(read(PLUG, body)).isInstanceOf(Payload.Malformed.class);
  }

  @Property(tries = 300)
  void nothing_a_device_sends_can_break_it(@ForAll byte[] body) {
    assertThat(PayloadReader.read(PLUG, body)).isNotNull();
  }

  private static Payload read(SensorSource.Mqtt source, String body) {
    return PayloadReader.read(source, body.getBytes(UTF_8));
  }

  private static SensorSource.Mqtt source(MqttFormat format, String property, boolean activeWhen) {
    return new SensorSource.Mqtt(format, "gym/device", property, activeWhen);
  }
}
