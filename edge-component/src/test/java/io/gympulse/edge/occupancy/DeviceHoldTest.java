package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SensorTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A motion sensor that reports the end 60 s after the last motion; vacancy timeout 90 s.
class DeviceHoldTest {
  private static final int SECOND = 1_000;
  private static final SensorTiming TIMING =
      SensorTiming.NONE
          .withVacancyTimeout(Duration.ofSeconds(90))
          .withDeviceHold(Duration.ofSeconds(60));
  private static final Sensor PIR = TestMachine.sensor("pir", Behaviour.MOTION, TIMING);

  private static TestMachine free() {
    return new TestMachine(PIR).read("pir", false, 0).tick(100 * SECOND);
  }

  @Test
  void the_machine_is_free_from_the_last_motion() {
    TestMachine machine = free().read("pir", true, 100 * SECOND);
    machine.read("pir", false, 400 * SECOND).tick(430 * SECOND - 1);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(100 * SECOND));
    machine.tick(430 * SECOND);
    assertThat(machine.published()).isEqualTo(TestMachine.free(340 * SECOND));
  }

  @Test
  void a_device_that_waits_for_longer_than_the_vacancy_timeout_decides_alone() {
    Sensor slow =
        TestMachine.sensor(
            "pir", Behaviour.MOTION, TIMING.withVacancyTimeout(Duration.ofSeconds(30)));
    TestMachine machine = new TestMachine(slow).read("pir", false, 0).tick(100 * SECOND);
    machine.read("pir", true, 100 * SECOND).read("pir", false, 400 * SECOND);
    assertThat(machine.published()).isEqualTo(TestMachine.free(340 * SECOND));
  }

  @Test
  void motion_within_the_vacancy_timeout_goes_on_with_the_activity() {
    TestMachine machine = free().read("pir", true, 100 * SECOND);
    machine.read("pir", false, 400 * SECOND).read("pir", true, 429 * SECOND).tick(900 * SECOND);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(100 * SECOND));
  }

  @Test
  void an_activity_ends_after_it_began_however_short() {
    TestMachine machine = free().read("pir", true, 100 * SECOND).read("pir", false, 130 * SECOND);
    machine.tick(190 * SECOND);
    assertThat(machine.published()).isEqualTo(TestMachine.free(100 * SECOND + 1));
  }

  @Test
  void the_watermark_leaves_the_end_open() {
    TestMachine machine = free().read("pir", true, 100 * SECOND);
    assertThat(machine.tick(120 * SECOND).watermark()).isEqualTo(TestMachine.at(100 * SECOND));
    assertThat(machine.tick(300 * SECOND).watermark()).isEqualTo(TestMachine.at(240 * SECOND));
    machine.read("pir", false, 400 * SECOND).tick(420 * SECOND);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(340 * SECOND));
    assertThat(machine.tick(500 * SECOND).watermark()).isEqualTo(TestMachine.at(500 * SECOND));
  }
}
