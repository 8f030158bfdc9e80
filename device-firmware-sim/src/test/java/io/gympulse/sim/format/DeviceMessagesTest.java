package io.gympulse.sim.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.sim.format.DeviceMessages.Publication;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-03-01T18:00:00.250Z");

  @Test
  void a_zigbee_contact_is_closed_while_the_sensor_is_active() throws Exception {
    MountedSensor contact =
        level(
            """
            "preset":"zigbee2mqtt","device":"bike-1","property":"contact","activeWhen":false""");

    Publication message = message(contact, true).orElseThrow();
    JsonNode body = JSON.readTree(message.payload());

    assertThat(message.topic()).isEqualTo("zigbee2mqtt/bike-1");
    assertThat(message.retained()).isTrue();
    assertThat(body.path("contact").isBoolean()).isTrue();
    assertThat(body.path("contact").booleanValue()).isFalse();
    assertThat(body.path("battery").intValue()).isBetween(1, 100);
    assertThat(body.path("linkquality").intValue()).isBetween(0, 255);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"preset\":\"tasmota\",\"device\":\"rack\" | tele/rack/SENSOR | {\"Time\":\"2026-03-01T18:00:00\",\"Switch1\":\"ON\"}",
        "\"preset\":\"esphome\",\"device\":\"rack\",\"property\":\"seat\" | rack/binary_sensor/seat/state | ON",
        "\"preset\":\"shelly-gen2\",\"device\":\"shellyplusi4-a8032ab1\" | shellyplusi4-a8032ab1/status/input:0 | {\"id\":0,\"state\":true}",
        "\"preset\":\"custom\",\"topic\":\"a/+/b/#\",\"pointer\":\"/x/y~1z\",\"active\":2,\"inactive\":[1],\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"seconds\"} | a/s-1/b/s-1 | {\"t\":1772388000.25,\"x\":{\"y/z\":2}}",
        "\"preset\":\"custom\",\"topic\":\"a\",\"pointer\":\"\",\"active\":true,\"inactive\":false | a | true",
        "\"preset\":\"custom\",\"topic\":\"a\",\"pointer\":\"/v\",\"active\":\"in\",\"inactive\":\"out\",\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"milliseconds\"} | a | {\"t\":1772388000250,\"v\":\"in\"}",
        "\"preset\":\"custom\",\"topic\":\"a\",\"pointer\":\"/v\",\"active\":\"in\",\"inactive\":\"out\",\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"iso-8601\"} | a | {\"t\":\"2026-03-01T18:00:00.250Z\",\"v\":\"in\"}",
      })
  void each_family_has_its_own_format(String source, String topic, String payload)
      throws Exception {
    assertThat(message(level(source), true)).contains(new Publication(topic, payload, true));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"active\":{\"above\":30},\"inactive\":{\"below\":15}', 61, 7.5",
    "'\"active\":{\"below\":80},\"inactive\":{\"above\":100}', 40, 201",
    "'\"active\":{\"above\":1.2}', 4.2, 0.6",
    "'\"active\":{\"below\":0}', -1, 1",
  })
  void a_number_is_on_the_right_side_of_its_limit(String rule, String active, String inactive)
      throws Exception {
    MountedSensor plug = level("\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true," + rule);

    assertThat(message(plug, true).orElseThrow().payload()).isEqualTo(active);
    assertThat(message(plug, false).orElseThrow().payload()).isEqualTo(inactive);
  }

  @Test
  void a_json_level_is_in_its_property() throws Exception {
    MountedSensor mat = level("\"preset\":\"json\",\"topic\":\"gym/mat\",\"property\":\"active\"");

    Publication message = message(mat, false).orElseThrow();

    assertThat(JSON.readTree(message.payload()).path("active").booleanValue()).isFalse();
    assertThat(JSON.readTree(message.payload()).has("active")).isTrue();
  }

  @Test
  void a_pulse_is_not_retained() throws Exception {
    MountedSensor vibration =
        sensor(
            """
            "behaviour":"pulse","vacancySeconds":60,"source":{"type":"mqtt",
             "preset":"zigbee2mqtt","device":"cable-1","property":"vibration"}""");

    assertThat(message(vibration, true).orElseThrow().retained()).isFalse();
  }

  @Test
  void a_gpio_sensor_sends_no_message() throws Exception {
    MountedSensor wired =
        sensor(
            """
            "behaviour":"level","source":{"type":"gpio","line":17,"activeHigh":true}""");

    assertThat(message(wired, true)).isEmpty();
    assertThat(DeviceMessages.online(List.of(wired))).isEmpty();
  }

  @Test
  void devices_and_bridges_report_once_that_they_are_online() throws Exception {
    MountedSensor contact =
        level("\"preset\":\"zigbee2mqtt\",\"device\":\"bike-1\",\"property\":\"contact\"");
    MountedSensor switched = level("\"preset\":\"tasmota\",\"device\":\"rack\"");

    assertThat(DeviceMessages.online(List.of(contact, contact, switched)))
        .containsExactly(
            new Publication("zigbee2mqtt/bridge/state", "{\"state\":\"online\"}", true),
            new Publication("zigbee2mqtt/bike-1/availability", "{\"state\":\"online\"}", true),
            new Publication("tele/rack/LWT", "Online", true));
  }

  private static Optional<Publication> message(MountedSensor sensor, boolean active) {
    return DeviceMessages.of(new SimulatedReading(AT, sensor, active));
  }

  private static MountedSensor level(String source) throws Exception {
    return sensor("\"behaviour\":\"level\",\"source\":{\"type\":\"mqtt\"," + source + "}");
  }

  private static MountedSensor sensor(String sensor) throws Exception {
    FloorPlan plan =
        FloorPlanFile.parse(
            """
            {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},"gateway":"g-gw",
             "machines":[{"id":"m-1","category":"bike","name":"B","x":1,"y":1,
              "sensors":[{"id":"s-1",%s}]}]}"""
                .formatted(sensor),
            "plan");
    return MountedSensor.allOf(plan).getFirst();
  }
}
