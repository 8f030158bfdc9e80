package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Minimum on, hold, and the start of observation.
class SensorTimingTest {
  private static final Sensor BENCH =
      TestMachine.level(
          "bench",
          SensorTiming.NONE
              .withSettle(Duration.ofMillis(500))
              .withMinimumOn(Duration.ofSeconds(3))
              .withHold(Duration.ofSeconds(90)));
  private static final Sensor MOTION =
      TestMachine.pulse(
          "motion",
          SensorTiming.NONE
              .withMinimumOn(Duration.ofSeconds(10))
              .withVacancyTimeout(Duration.ofSeconds(60)));

  @Test
  void an_activity_of_the_minimum_time_counts_from_its_beginning() {
    TestMachine machine = freeBench().read("bench", true, 200_000).tick(202_999);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(200_000));
    machine.tick(203_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(200_000));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(203_000));
  }

  @Test
  void a_shorter_activity_does_not_count() {
    TestMachine machine = freeBench().read("bench", true, 200_000).read("bench", false, 202_900);
    machine.tick(500_000);
    assertThat(machine.transitions()).containsExactly(TestMachine.free(0));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(500_000));
  }

  @Test
  void a_rest_within_the_hold_time_does_not_count() {
    TestMachine machine = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    machine.read("bench", true, 329_000).read("bench", false, 370_000).tick(459_999);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(200_000));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(370_000));
    machine.tick(460_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(200_000), TestMachine.free(370_000));
  }

  @Test
  void a_touch_during_a_rest_does_not_prolong_it() {
    TestMachine machine = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    machine.read("bench", true, 329_000).read("bench", false, 331_000).tick(340_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(200_000), TestMachine.free(240_000));
  }

  @Test
  void a_bounce_at_the_end_of_the_hold_time_does_not_end_it_early() {
    TestMachine machine = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    machine.read("bench", true, 329_900).read("bench", false, 330_100).read("bench", true, 330_200);
    machine.tick(400_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(200_000));
  }

  @Test
  void a_single_bump_is_not_an_activity() {
    TestMachine machine = new TestMachine(MOTION).up("motion", 0).tick(60_000);
    machine.read("motion", true, 100_000).read("motion", false, 100_800).tick(300_000);
    assertThat(machine.transitions()).containsExactly(TestMachine.free(0));
  }

  @Test
  void pulses_over_the_minimum_time_count_from_the_first() {
    TestMachine machine = new TestMachine(MOTION).up("motion", 0).tick(60_000);
    machine.read("motion", true, 100_000).read("motion", false, 100_800);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(100_000));
    machine.read("motion", true, 112_000).read("motion", false, 112_800).tick(172_800);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(100_000), TestMachine.free(112_800));
  }

  @Test
  void a_pulse_that_lasts_for_the_minimum_time_counts_from_its_beginning() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(60_000);
    machine.read("motion", true, 100_000).tick(110_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(100_000));
  }

  @Test
  void a_pulse_sensor_that_stays_quiet_is_free_since_its_source_came_up() {
    TestMachine machine = new TestMachine(MOTION).up("motion", 5_000).tick(64_999);
    assertThat(machine.transitions()).isEmpty();
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(5_000));
    assertThat(machine.tick(65_000).transitions()).containsExactly(TestMachine.free(5_000));
  }

  @Test
  void a_pulse_sensor_is_not_free_while_its_source_is_down() {
    TestMachine machine =
        new TestMachine(MOTION).up("motion", 5_000).down("motion", 30_000).tick(900_000);
    assertThat(machine.published().status().wireName()).isEqualTo("unknown");
    machine.up("motion", 1_000_000).tick(1_060_000);
    assertThat(machine.published()).isEqualTo(TestMachine.free(1_000_000));
  }

  @Test
  void a_pulse_sensor_is_not_free_while_its_device_is_unavailable_though_its_source_runs() {
    TestMachine machine =
        new TestMachine(MOTION).up("motion", 5_000).unavailable("motion", 6_000).tick(900_000);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SOURCE_DOWN, 5_000));
    machine.read("motion", false, 1_000_000).tick(1_060_000);
    assertThat(machine.published()).isEqualTo(TestMachine.free(1_000_000));
  }

  @Test
  void a_pulse_sensor_that_stays_quiet_is_free_since_its_device_was_available_again() {
    TestMachine machine =
        new TestMachine(MOTION).unavailable("motion", 5_000).up("motion", 6_000).tick(66_000);
    assertThat(machine.published()).isEqualTo(TestMachine.free(6_000));
  }

  @Test
  void a_level_sensor_stays_unknown_without_a_reading_though_its_source_runs() {
    TestMachine machine = new TestMachine(BENCH).up("bench", 0).tick(3_600_000);
    assertThat(machine.transitions()).isEmpty();
  }

  private static TestMachine freeBench() {
    return new TestMachine(BENCH).read("bench", false, 0).tick(100_000);
  }
}
