package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import org.junit.jupiter.api.Test;

class OccupancyDetectorTest {
  private static final Sensor SEAT = TestMachine.level("seat", 2_000);
  private static final Sensor MOTION = TestMachine.pulse("motion", 60_000);

  @Test
  void a_machine_is_unknown_until_a_reading() {
    TestMachine machine = new TestMachine(SEAT).tick(3_600_000);
    assertThat(machine.transitions()).isEmpty();
    assertThat(machine.published().reason()).contains(UnknownReason.NO_READING);
  }

  @Test
  void a_level_counts_once_settled_and_is_back_dated_to_its_edge() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 1_000).tick(2_999);
    assertThat(machine.transitions()).isEmpty();
    machine.tick(3_000).read("seat", true, 10_000).tick(12_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(1_000), TestMachine.occupied(10_000));
  }

  @Test
  void a_bounce_that_ends_where_it_began_changes_nothing() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0).tick(2_000);
    machine.read("seat", true, 10_000).read("seat", false, 10_500).tick(20_000);
    assertThat(machine.transitions()).containsExactly(TestMachine.free(0));
  }

  @Test
  void without_a_settle_time_a_level_counts_at_once() {
    TestMachine machine = new TestMachine(TestMachine.level("seat", 0)).read("seat", true, 5);
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(5));
  }

  @Test
  void a_pulse_occupies_at_once_and_its_absence_frees_back_dated_to_the_last_activity() {
    TestMachine machine =
        new TestMachine(MOTION).read("motion", true, 1_000).read("motion", false, 5_000);
    machine.read("motion", true, 40_000).read("motion", false, 44_000).tick(103_999);
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(1_000));
    assertThat(machine.tick(104_000).transitions())
        .containsExactly(TestMachine.occupied(1_000), TestMachine.free(44_000));
  }

  @Test
  void a_sensor_that_only_ever_pulses_needs_no_end_of_activity() {
    TestMachine machine =
        new TestMachine(MOTION).read("motion", true, 1_000).read("motion", true, 30_000);
    assertThat(machine.tick(90_000).transitions())
        .containsExactly(TestMachine.occupied(1_000), TestMachine.free(30_000));
  }

  @Test
  void a_pulse_sensor_that_holds_its_level_stays_occupied() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(60_000);
    machine.read("motion", true, 100_000).tick(1_000_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(100_000));
  }

  @Test
  void any_sensor_occupies_and_the_last_one_frees() {
    TestMachine machine =
        new TestMachine(SEAT, MOTION).read("seat", false, 0).read("motion", false, 0);
    machine.tick(60_000).read("motion", true, 70_000).read("seat", true, 71_000);
    machine.read("motion", false, 80_000).read("seat", false, 200_000).tick(300_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(70_000), TestMachine.free(200_000));
  }

  @Test
  void a_free_sensor_does_not_decide_for_a_silent_one() {
    TestMachine machine = new TestMachine(SEAT, MOTION).read("seat", false, 0).tick(10_000);
    assertThat(machine.transitions()).isEmpty();
  }

  @Test
  void a_source_that_is_down_makes_its_machines_unknown_until_the_next_reading() {
    TestMachine machine =
        new TestMachine(SEAT).read("seat", true, 0).tick(2_000).down("seat", 5_000);
    machine.tick(60_000).read("seat", true, 70_000).tick(72_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0),
            TestMachine.unknown(UnknownReason.SOURCE_DOWN, 5_000),
            TestMachine.occupied(70_000));
  }

  @Test
  void a_sensor_active_for_too_long_is_stuck_until_it_is_inactive() {
    long cap = TestMachine.STUCK_AFTER.toMillis();
    TestMachine machine = new TestMachine(SEAT).read("seat", true, 0).tick(cap - 1);
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(0));
    machine.tick(cap + 5_000).read("seat", false, cap + 10_000).tick(cap + 12_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0),
            TestMachine.unknown(UnknownReason.SENSOR_STUCK, cap),
            TestMachine.free(cap + 10_000));
  }

  @Test
  void the_watermark_does_not_pass_what_may_still_be_back_dated() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(60_000);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(60_000));
    machine.read("motion", true, 70_000).tick(80_000);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(80_000));
    machine.read("motion", false, 90_000).tick(100_000);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(90_000));
    machine.tick(150_000);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(150_000));
  }

  @Test
  void a_reading_older_than_the_last_change_counts_from_the_millisecond_after_it() {
    TestMachine machine = new TestMachine(TestMachine.level("seat", 0)).read("seat", true, 9_000);
    machine.tick(10_000).read("seat", false, 3_000).tick(10_000);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.occupied(9_000), TestMachine.free(9_001));
  }

  @Test
  void a_tick_is_due_when_a_verdict_would_change() {
    TestMachine machine = new TestMachine(SEAT).read("seat", true, 1_000);
    assertThat(machine.nextTick()).contains(TestMachine.at(3_000));
    machine.tick(3_000);
    assertThat(machine.nextTick()).contains(TestMachine.at(1_000).plus(TestMachine.STUCK_AFTER));
  }

  @Test
  void what_happens_to_other_sensors_changes_nothing() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0).tick(2_000);
    OccupancyState before = machine.state();
    machine.down("other", 3_000).read("other", true, 4_000);
    assertThat(machine.state()).isSameAs(before);
  }

  @Test
  void a_repeated_reading_changes_nothing() {
    TestMachine machine = new TestMachine(SEAT).read("seat", true, 0).tick(2_000);
    OccupancyState before = machine.state();
    machine.read("seat", true, 5_000).tick(6_000);
    assertThat(machine.state()).isSameAs(before);
  }
}
