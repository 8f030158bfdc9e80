package io.gympulse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.sim.sensor.MountedSensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloorPlansTest {

  @ParameterizedTest
  @CsvSource({"downtown, 24", "riverside, 16"})
  void the_shipped_floor_plans_are_valid(String gym, int machines) throws Exception {
    FloorPlan plan = Plans.shipped(gym);

    assertThat(plan.machines()).hasSize(machines);
    assertThat(plan.gateway()).hasToString(gym + "-gw");
    assertThat(plan.machines())
        .allSatisfy(machine -> assertThat(machine.id().value()).startsWith(gym + "-"));
  }

  @Test
  void a_shipped_floor_plan_has_a_sensor_of_every_behaviour() throws Exception {
    assertThat(MountedSensor.allOf(Plans.shipped("downtown")))
        .extracting(it -> it.sensor().behaviour())
        .contains(Behaviour.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"downtown", "riverside"})
  void a_shipped_floor_plan_names_presets_and_not_the_older_formats(String gym) throws Exception {
    assertThat(Path.of("..", "floor-plans", gym + ".json"))
        .content()
        .contains("\"preset\"")
        .doesNotContain("\"format\"");
  }

  @Test
  void a_shipped_floor_plan_has_a_sensor_of_every_preset_that_needs_no_other_server()
      throws Exception {
    assertThat(
            MountedSensor.allOf(Plans.shipped("riverside")).stream()
                .map(it -> it.sensor().source())
                .filter(SourceConfig.Mqtt.class::isInstance)
                .map(source -> ((SourceConfig.Mqtt) source).preset()))
        .contains(
            MqttPreset.ZIGBEE2MQTT,
            MqttPreset.TASMOTA,
            MqttPreset.ESPHOME,
            MqttPreset.SHELLY_GEN2,
            MqttPreset.JSON,
            MqttPreset.CUSTOM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"downtown", "riverside"})
  void no_two_sensors_of_a_shipped_floor_plan_share_a_topic(String gym) throws Exception {
    assertThat(MountedSensor.allOf(Plans.shipped(gym)))
        .extracting(it -> it.sensor().source())
        .doesNotHaveDuplicates();
  }
}
