package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The report of the end of activity that never arrives.
class OffDelayTest {
  private static final long MINUTE = 60_000;
  private static final Duration DELAY = Duration.ofMinutes(15);
  private static final long VALID = DELAY.toMillis() + DELAY.toMillis() / 16;
  private static final Sensor SEAT =
      TestMachine.level("seat", SensorTiming.NONE.withOffDelay(DELAY));
  private static final Sensor MOTION =
      TestMachine.sensor("motion", Behaviour.MOTION, Behaviour.MOTION.timing().withOffDelay(DELAY));

  @Test
  void a_level_counts_as_inactive_once_its_last_reading_is_no_longer_valid() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    machine.read("seat", true, MINUTE).tick(MINUTE + VALID - 1);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(MINUTE));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(MINUTE + VALID - 1));
    machine.tick(6 * 60 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(MINUTE + VALID));
    assertThat(machine.reason("seat"))
        .isEqualTo("no reading confirmed that it is active within its off-delay");
  }

  @Test
  void the_hold_time_follows_the_off_delay() {
    Sensor bench =
        TestMachine.level(
            "bench", SensorTiming.NONE.withOffDelay(DELAY).withHold(Duration.ofSeconds(90)));
    TestMachine machine = new TestMachine(bench).read("bench", true, 0).tick(VALID + 89_999);
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(0));
    machine.tick(VALID + 90_000);
    assertThat(machine.published()).isEqualTo(TestMachine.free(VALID));
  }

  @Test
  void a_repeat_makes_a_reading_valid_for_the_whole_time_again() {
    TestMachine machine = new TestMachine(SEAT);
    long last = 0;
    for (long at = 0; at < 100 * MINUTE; at += 10 * MINUTE) {
      machine.read("seat", true, at);
      last = at;
    }
    machine.tick(last + DELAY.toMillis());
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(0));
    machine.tick(last + VALID);
    assertThat(machine.published()).isEqualTo(TestMachine.free(last + VALID));
  }

  @Test
  void a_report_of_inactive_that_comes_late_changes_nothing_and_the_next_active_one_occupies() {
    TestMachine machine = new TestMachine(SEAT).read("seat", true, 0).tick(60 * MINUTE);
    machine.read("seat", false, 61 * MINUTE).read("seat", true, 70 * MINUTE);
    machine.read("seat", false, 75 * MINUTE).tick(80 * MINUTE);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0),
            TestMachine.free(VALID),
            TestMachine.occupied(70 * MINUTE),
            TestMachine.free(75 * MINUTE));
    assertThat(machine.reason("seat")).isEmpty();
  }

  @Test
  void an_active_reading_after_the_off_delay_is_a_new_activity() {
    TestMachine machine = new TestMachine(SEAT).read("seat", true, 0).tick(60 * MINUTE);
    machine.read("seat", true, 60 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(60 * MINUTE));
  }

  @Test
  void a_motion_sensor_whose_report_of_the_end_is_lost_is_free_after_both_times() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(MINUTE);
    machine.read("motion", true, 2 * MINUTE).tick(2 * MINUTE + VALID + MINUTE - 1);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(2 * MINUTE));
    machine.tick(2 * MINUTE + VALID + MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(2 * MINUTE + VALID));
    machine.read("motion", true, 60 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(60 * MINUTE));
  }

  @Test
  void a_stuck_sensor_that_falls_silent_counts_as_inactive() {
    TestMachine machine = new TestMachine(SEAT);
    long cap = TestMachine.STUCK_AFTER.toMillis();
    long last = 0;
    for (long at = 0; at < cap + 60 * MINUTE; at += 5 * MINUTE) {
      machine.read("seat", true, at);
      last = at;
    }
    assertThat(machine.published()).isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_STUCK, cap));
    machine.tick(last + VALID);
    assertThat(machine.published()).isEqualTo(TestMachine.free(last + VALID));
  }

  @Test
  void a_sensor_that_is_silent_for_longer_than_a_working_one_is_dead_first() {
    Sensor tag =
        TestMachine.level(
            "tag",
            SensorTiming.NONE
                .withOffDelay(Duration.ofMinutes(30))
                .withSilentAfter(Duration.ofMinutes(15)));
    TestMachine machine = new TestMachine(tag).read("tag", true, 0).tick(120 * MINUTE);
    assertThat(machine.verdict("tag")).isEqualTo(Verdict.DEAD);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_DEAD);
  }

  @Test
  void without_an_off_delay_a_level_is_valid_for_any_time() {
    TestMachine machine =
        new TestMachine(TestMachine.level("seat", 0)).read("seat", true, 0).tick(100 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(0));
  }
}
