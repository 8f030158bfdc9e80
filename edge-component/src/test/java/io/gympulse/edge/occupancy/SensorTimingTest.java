package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Minimum on, hold and the time watching began.
class SensorTimingTest {
  private static final Sensor BENCH =
      Floor.level(
          "bench",
          SensorTiming.NONE
              .withSettle(Duration.ofMillis(500))
              .withMinimumOn(Duration.ofSeconds(3))
              .withHold(Duration.ofSeconds(90)));
  private static final Sensor MOTION =
      Floor.pulse(
          "motion",
          SensorTiming.NONE
              .withMinimumOn(Duration.ofSeconds(10))
              .withVacancyTimeout(Duration.ofSeconds(60)));

  @Test
  void an_activity_of_the_minimum_time_counts_from_its_beginning() {
    Floor floor = freeBench().read("bench", true, 200_000).tick(202_999);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(200_000));
    floor.tick(203_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0), Floor.occupied(200_000));
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(203_000));
  }

  @Test
  void a_shorter_activity_counts_for_nothing() {
    Floor floor = freeBench().read("bench", true, 200_000).read("bench", false, 202_900);
    floor.tick(500_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0));
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(500_000));
  }

  @Test
  void a_rest_within_the_hold_time_is_none() {
    Floor floor = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    floor.read("bench", true, 329_000).read("bench", false, 370_000).tick(459_999);
    assertThat(floor.transitions()).containsExactly(Floor.free(0), Floor.occupied(200_000));
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(370_000));
    floor.tick(460_000);
    assertThat(floor.transitions())
        .containsExactly(Floor.free(0), Floor.occupied(200_000), Floor.free(370_000));
  }

  @Test
  void a_touch_during_a_rest_does_not_prolong_it() {
    Floor floor = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    floor.read("bench", true, 329_000).read("bench", false, 331_000).tick(340_000);
    assertThat(floor.transitions())
        .containsExactly(Floor.free(0), Floor.occupied(200_000), Floor.free(240_000));
  }

  @Test
  void a_bounce_at_the_end_of_the_hold_time_does_not_end_it_early() {
    Floor floor = freeBench().read("bench", true, 200_000).read("bench", false, 240_000);
    floor.read("bench", true, 329_900).read("bench", false, 330_100).read("bench", true, 330_200);
    floor.tick(400_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0), Floor.occupied(200_000));
  }

  @Test
  void a_single_bump_is_no_activity() {
    Floor floor = new Floor(MOTION).up("motion", 0).tick(60_000);
    floor.read("motion", true, 100_000).read("motion", false, 100_800).tick(300_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0));
  }

  @Test
  void pulses_over_the_minimum_time_count_from_the_first() {
    Floor floor = new Floor(MOTION).up("motion", 0).tick(60_000);
    floor.read("motion", true, 100_000).read("motion", false, 100_800);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(100_000));
    floor.read("motion", true, 112_000).read("motion", false, 112_800).tick(172_800);
    assertThat(floor.transitions())
        .containsExactly(Floor.free(0), Floor.occupied(100_000), Floor.free(112_800));
  }

  @Test
  void a_pulse_that_lasts_for_the_minimum_time_counts_from_its_beginning() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(60_000);
    floor.read("motion", true, 100_000).tick(110_000);
    assertThat(floor.transitions()).containsExactly(Floor.free(0), Floor.occupied(100_000));
  }

  @Test
  void a_pulse_sensor_that_stays_quiet_is_free_since_watching_began() {
    Floor floor = new Floor(MOTION).up("motion", 5_000).tick(64_999);
    assertThat(floor.transitions()).isEmpty();
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(5_000));
    assertThat(floor.tick(65_000).transitions()).containsExactly(Floor.free(5_000));
  }

  @Test
  void but_not_while_its_source_is_cut_off() {
    Floor floor = new Floor(MOTION).up("motion", 5_000).down("motion", 30_000).tick(900_000);
    assertThat(floor.published().status().wireName()).isEqualTo("unknown");
    floor.up("motion", 1_000_000).tick(1_060_000);
    assertThat(floor.published()).isEqualTo(Floor.free(1_000_000));
  }

  @Test
  void nor_while_its_device_is_away_though_its_source_runs() {
    Floor floor = new Floor(MOTION).up("motion", 5_000).away("motion", 6_000).tick(900_000);
    assertThat(floor.published()).isEqualTo(Floor.unknown(UnknownReason.SOURCE_DOWN, 5_000));
    floor.read("motion", false, 1_000_000).tick(1_060_000);
    assertThat(floor.published()).isEqualTo(Floor.free(1_000_000));
  }

  @Test
  void a_device_that_is_back_and_stays_quiet_is_free_since_then() {
    Floor floor = new Floor(MOTION).away("motion", 5_000).up("motion", 6_000).tick(66_000);
    assertThat(floor.published()).isEqualTo(Floor.free(6_000));
  }

  @Test
  void a_level_sensor_is_not_guessed_at_when_its_source_runs() {
    Floor floor = new Floor(BENCH).up("bench", 0).tick(3_600_000);
    assertThat(floor.transitions()).isEmpty();
  }

  private static Floor freeBench() {
    return new Floor(BENCH).read("bench", false, 0).tick(100_000);
  }
}
