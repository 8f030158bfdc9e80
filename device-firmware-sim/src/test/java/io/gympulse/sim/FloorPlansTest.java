package io.gympulse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.sim.sensor.Fitting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorPlansTest {

  @ParameterizedTest
  @CsvSource({"downtown, 24", "riverside, 16"})
  void the_shipped_floor_plans_are_read(String gym, int machines) throws Exception {
    FloorPlan plan = Plans.shipped(gym);

    assertThat(plan.machines()).hasSize(machines);
    assertThat(plan.gateway()).hasToString(gym + "-gw");
    assertThat(plan.machines())
        .allSatisfy(machine -> assertThat(machine.id().value()).startsWith(gym + "-"));
  }

  @Test
  void a_shipped_floor_plan_mixes_level_and_pulse_sensors() throws Exception {
    assertThat(Fitting.allOf(Plans.shipped("downtown")))
        .extracting(fitting -> fitting.sensor().behaviour())
        .contains(SensorBehaviour.LEVEL, SensorBehaviour.PULSE);
  }

  @Test
  void no_two_sensors_of_a_shipped_floor_plan_share_a_topic() throws Exception {
    assertThat(Fitting.allOf(Plans.shipped("downtown")))
        .extracting(fitting -> fitting.sensor().source())
        .doesNotHaveDuplicates();
  }
}
