package io.gympulse.sim.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.MqttFormat;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.sensor.Fitting;
import io.gympulse.sim.sensor.SensorReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void a_zigbee_contact_is_closed_while_somebody_is_there() throws Exception {
    SensorSource contact =
        new SensorSource.Mqtt(MqttFormat.ZIGBEE2MQTT, "zigbee2mqtt/bike-1", "contact", false);

    Publication message = message(contact, SensorBehaviour.LEVEL, true).orElseThrow();
    JsonNode body = JSON.readTree(message.payload());

    assertThat(message.topic()).isEqualTo("zigbee2mqtt/bike-1");
    assertThat(message.retained()).isTrue();
    assertThat(body.path("contact").isBoolean()).isTrue();
    assertThat(body.path("contact").booleanValue()).isFalse();
    assertThat(body.path("battery").intValue()).isBetween(1, 100);
    assertThat(body.path("linkquality").intValue()).isBetween(0, 255);
  }

  @Test
  void a_plain_level_says_its_property() throws Exception {
    SensorSource mat = new SensorSource.Mqtt(MqttFormat.JSON, "gym/mat", "active", true);

    Publication message = message(mat, SensorBehaviour.LEVEL, false).orElseThrow();

    assertThat(JSON.readTree(message.payload()).path("active").booleanValue()).isFalse();
    assertThat(JSON.readTree(message.payload()).has("active")).isTrue();
  }

  @Test
  void a_pulse_is_not_retained() {
    SensorSource vibration =
        new SensorSource.Mqtt(MqttFormat.ZIGBEE2MQTT, "zigbee2mqtt/cable-1", "vibration", true);

    assertThat(message(vibration, SensorBehaviour.PULSE, true).orElseThrow().retained()).isFalse();
  }

  @Test
  void a_wired_sensor_sends_no_message() {
    assertThat(message(new SensorSource.Gpio(17, true), SensorBehaviour.LEVEL, true)).isEmpty();
  }

  private static Optional<Publication> message(
      SensorSource source, SensorBehaviour behaviour, boolean active) {
    Sensor sensor =
        new Sensor(
            new SensorId("s-1"),
            behaviour,
            source,
            SensorTiming.NONE.withVacancyTimeout(Duration.ofSeconds(60)));
    Fitting fitting = new Fitting(new MachineId("m-1"), sensor);
    return DeviceMessages.of(new SensorReading(Instant.EPOCH, fitting, active));
  }
}
