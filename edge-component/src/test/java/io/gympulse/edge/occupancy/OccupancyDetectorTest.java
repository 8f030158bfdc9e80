package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import org.junit.jupiter.api.Test;

class OccupancyDetectorTest {
  private static final Sensor SEAT = Floor.level("seat", 2_000);
  private static final Sensor MOTION = Floor.pulse("motion", 60_000);

  @Test
  void a_machine_is_unknown_until_a_reading() {
    Floor floor = new Floor(SEAT).tick(3_600_000);
    assertThat(floor.transitions()).isEmpty();
    assertThat(floor.published().reason()).contains(UnknownReason.NO_READING);
  }

  @Test
  void a_level_is_believed_once_settled_and_back_dated_to_its_edge() {
    Floor floor = new Floor(SEAT).read("seat", false, 1_000).tick(2_999);
    assertThat(floor.transitions()).isEmpty();
    floor.tick(3_000).read("seat", true, 10_000).tick(12_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(1_000), Floor.occupied(10_000));
  }

  @Test
  void a_bounce_that_ends_where_it_began_is_nothing() {
    Floor floor = new Floor(SEAT).read("seat", false, 0).tick(2_000);
    floor.read("seat", true, 10_000).read("seat", false, 10_500).tick(20_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0));
  }

  @Test
  void without_a_settle_time_a_level_is_believed_at_once() {
    Floor floor = new Floor(Floor.level("seat", 0)).read("seat", true, 5);
    assertThat(floor.transitions()).containsExactly(Floor.occupied(5));
  }

  @Test
  void a_pulse_occupies_at_once_and_quiet_frees_back_dated_to_the_last_activity() {
    Floor floor = new Floor(MOTION).read("motion", true, 1_000).read("motion", false, 5_000);
    floor.read("motion", true, 40_000).read("motion", false, 44_000).tick(103_999);
    assertThat(floor.transitions()).containsExactly(Floor.occupied(1_000));
    assertThat(floor.tick(104_000).transitions())
        .containsExactly(Floor.occupied(1_000), Floor.free(44_000));
  }

  @Test
  void a_sensor_that_only_ever_pulses_needs_no_end_of_activity() {
    Floor floor = new Floor(MOTION).read("motion", true, 1_000).read("motion", true, 30_000);
    assertThat(floor.tick(90_000).transitions())
        .containsExactly(Floor.occupied(1_000), Floor.free(30_000));
  }

  @Test
  void a_pulse_sensor_that_holds_its_level_stays_occupied() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(60_000);
    floor.read("motion", true, 100_000).tick(1_000_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0), Floor.occupied(100_000));
  }

  @Test
  void any_sensor_occupies_and_the_last_one_frees() {
    Floor floor = new Floor(SEAT, MOTION).read("seat", false, 0).read("motion", false, 0);
    floor.tick(60_000).read("motion", true, 70_000).read("seat", true, 71_000);
    floor.read("motion", false, 80_000).read("seat", false, 200_000).tick(300_000);
    assertThat(floor.transitions())
        .containsExactly(Floor.free(0), Floor.occupied(70_000), Floor.free(200_000));
  }

  @Test
  void a_free_sensor_does_not_speak_for_a_silent_one() {
    Floor floor = new Floor(SEAT, MOTION).read("seat", false, 0).tick(10_000);
    assertThat(floor.transitions()).isEmpty();
  }

  @Test
  void a_source_that_is_down_makes_its_machines_unknown_until_the_next_reading() {
    Floor floor = new Floor(SEAT).read("seat", true, 0).tick(2_000).down("seat", 5_000);
    floor.tick(60_000).read("seat", true, 70_000).tick(72_000);
    assertThat(floor.transitions())
        .containsExactly(
            Floor.occupied(0),
            Floor.unknown(UnknownReason.SOURCE_DOWN, 5_000),
            Floor.occupied(70_000));
  }

  @Test
  void a_sensor_active_for_too_long_is_stuck_until_it_says_otherwise() {
    long cap = Floor.STUCK_AFTER.toMillis();
    Floor floor = new Floor(SEAT).read("seat", true, 0).tick(cap - 1);
    assertThat(floor.transitions()).containsExactly(Floor.occupied(0));
    floor.tick(cap + 5_000).read("seat", false, cap + 10_000).tick(cap + 12_000);
    assertThat(floor.transitions())
        .containsExactly(
            Floor.occupied(0),
            Floor.unknown(UnknownReason.SENSOR_STUCK, cap),
            Floor.free(cap + 10_000));
  }

  @Test
  void nothing_is_covered_beyond_what_may_still_be_back_dated() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(60_000);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(60_000));
    floor.read("motion", true, 70_000).tick(80_000);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(80_000));
    floor.read("motion", false, 90_000).tick(100_000);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(90_000));
    floor.tick(150_000);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(150_000));
  }

  @Test
  void a_reading_older_than_the_last_change_counts_from_that_change() {
    Floor floor = new Floor(Floor.level("seat", 0)).read("seat", true, 9_000);
    floor.tick(10_000).read("seat", false, 3_000).tick(10_000);
    assertThat(floor.transitions()).containsExactly(Floor.occupied(9_000), Floor.free(9_000));
  }

  @Test
  void a_tick_is_due_when_a_belief_would_change() {
    Floor floor = new Floor(SEAT).read("seat", true, 1_000);
    assertThat(floor.nextTick()).contains(Floor.at(3_000));
    floor.tick(3_000);
    assertThat(floor.nextTick()).contains(Floor.at(1_000).plus(Floor.STUCK_AFTER));
  }

  @Test
  void what_happens_to_other_sensors_changes_nothing() {
    Floor floor = new Floor(SEAT).read("seat", false, 0).tick(2_000);
    OccupancyState before = floor.state();
    floor.down("other", 3_000).read("other", true, 4_000);
    assertThat(floor.state()).isSameAs(before);
  }

  @Test
  void a_repeated_reading_changes_nothing() {
    Floor floor = new Floor(SEAT).read("seat", true, 0).tick(2_000);
    OccupancyState before = floor.state();
    floor.read("seat", true, 5_000).tick(6_000);
    assertThat(floor.state()).isSameAs(before);
  }
}
