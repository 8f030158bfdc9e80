package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorHealth.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Chattering, flooding, stuck and dead sensors, and how they are believed again.
class SensorFaultTest {
  private static final Sensor SEAT = Floor.level("seat", 100);
  private static final Sensor TAG =
      Floor.level("tag", SensorTiming.NONE.withSilentAfter(Duration.ofMinutes(15)));
  private static final Sensor MOTION =
      Floor.pulse(
          "motion",
          SensorTiming.NONE
              .withVacancyTimeout(Duration.ofSeconds(60))
              .withSilentAfter(Duration.ofMinutes(15)));
  private static final long MINUTE = 60_000;
  private static final long DEAD_AFTER = 15 * MINUTE + 15 * MINUTE / 16;

  @Test
  void ten_changes_in_a_minute_are_believed_and_more_are_chatter() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    long last = toggle(floor, "seat", 10, 1_000, 500).tick(20_000).transitions().size();
    assertThat(last).isEqualTo(11);
    floor.read("seat", true, 20_500).tick(21_000);
    assertThat(floor.published().status().wireName()).isEqualTo("occupied");
    toggle(floor, "seat", 6, 22_000, 500).tick(30_000);
    assertThat(floor.published().reason()).contains(UnknownReason.SENSOR_CHATTERING);
    assertThat(floor.verdict("seat")).isEqualTo(Verdict.CHATTERING);
  }

  @Test
  void people_who_come_and_go_every_fifteen_seconds_are_no_chatter() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    toggle(floor, "seat", 400, 15_000, 7_500).tick(4_000_000);
    assertThat(floor.transitions()).hasSize(401);
  }

  @Test
  void a_chattering_sensor_tells_nothing_until_it_was_calm_for_two_minutes() {
    Floor floor = chattering();
    int told = floor.transitions().size();
    toggle(floor, "seat", 2_000, 60_000, 300);
    assertThat(floor.transitions()).hasSize(told);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(60_000 + 1_999 * 300));
    long lastChange = 60_000 + 1_999 * 300;
    floor.tick(lastChange + 2 * MINUTE - 1);
    assertThat(floor.transitions()).hasSize(told);
    floor.tick(lastChange + 2 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(lastChange + 2 * MINUTE));
    assertThat(floor.verdict("seat")).isEqualTo(Verdict.SOUND);
  }

  @Test
  void a_level_that_never_settles_is_chatter() {
    Floor floor = new Floor(SEAT).read("seat", false, 0).tick(10_000);
    toggle(floor, "seat", 2_000, 20_000, 50);
    assertThat(floor.published()).isEqualTo(Floor.unknown(UnknownReason.SENSOR_CHATTERING, 20_000));
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(20_000 + 1_999 * 50));
  }

  @Test
  void exercise_is_no_chatter_of_a_pulse_sensor_but_five_pulses_a_second_are() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(60_000);
    toggle(floor, "motion", 2_400, 100_000, 250);
    assertThat(floor.verdict("motion")).isEqualTo(Verdict.SOUND);
    toggle(floor, "motion", 6_000, 1_400_000, 100);
    assertThat(floor.verdict("motion")).isEqualTo(Verdict.CHATTERING);
    long last = 1_400_000 + 5_999 * 100;
    floor.tick(last + 2 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(last + 2 * MINUTE));
  }

  @Test
  void a_switch_that_rings_at_each_impact_is_no_chatter() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(60_000);
    for (int impact = 0; impact < 200; impact++) {
      toggle(floor, "motion", 30, 100_000 + impact * 3_000L, 2);
    }
    assertThat(floor.verdict("motion")).isEqualTo(Verdict.SOUND);
    assertThat(floor.published()).isEqualTo(Floor.occupied(100_000));
  }

  @Test
  void a_flooding_sensor_is_unknown_until_it_was_calm() {
    Floor floor = new Floor(SEAT).read("seat", false, 0).tick(10_000);
    floor.flooded("seat", 20_000).read("seat", true, 20_500).tick(100_000);
    assertThat(floor.published()).isEqualTo(Floor.unknown(UnknownReason.SENSOR_CHATTERING, 20_000));
    assertThat(floor.verdict("seat")).isEqualTo(Verdict.FLOODING);
    floor.tick(20_500 + 2 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.occupied(20_500 + 2 * MINUTE));
  }

  @Test
  void a_sensor_active_for_three_times_its_longest_usual_stay_is_stuck() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    long now = stays(floor, DwellHistory.ENOUGH, 20 * MINUTE);
    floor.read("seat", true, now).tick(now + 60 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.occupied(now));
    floor.tick(now + 90 * MINUTE);
    assertThat(floor.published().reason()).contains(UnknownReason.SENSOR_STUCK);
    floor.read("seat", false, now + 100 * MINUTE).tick(now + 101 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(now + 100 * MINUTE));
    assertThat(floor.verdict("seat")).isEqualTo(Verdict.SOUND);
  }

  @Test
  void half_an_hour_is_never_too_long() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    long now = stays(floor, DwellHistory.ENOUGH, MINUTE);
    floor.read("seat", true, now).tick(now + 30 * MINUTE - 1);
    assertThat(floor.published()).isEqualTo(Floor.occupied(now));
    floor.tick(now + 30 * MINUTE);
    assertThat(floor.published())
        .isEqualTo(Floor.unknown(UnknownReason.SENSOR_STUCK, now + 30 * MINUTE));
  }

  @Test
  void too_few_stays_say_nothing_about_the_longest() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    long now = stays(floor, DwellHistory.ENOUGH - 1, MINUTE);
    floor.read("seat", true, now).tick(now + Floor.STUCK_AFTER.toMillis() - 1);
    assertThat(floor.published()).isEqualTo(Floor.occupied(now));
  }

  @Test
  void a_sensor_silent_for_too_long_is_dead_until_it_speaks() {
    Floor floor = new Floor(TAG).read("tag", true, 0).read("tag", true, 10 * MINUTE);
    floor.tick(10 * MINUTE + DEAD_AFTER - 1);
    assertThat(floor.transitions()).containsExactly(Floor.occupied(0));
    floor.tick(30 * MINUTE).read("tag", true, 31 * MINUTE);
    assertThat(floor.transitions())
        .containsExactly(
            Floor.occupied(0),
            Floor.unknown(UnknownReason.SENSOR_DEAD, 10 * MINUTE + DEAD_AFTER),
            Floor.occupied(31 * MINUTE));
  }

  @Test
  void a_sensor_that_repeats_itself_often_enough_is_alive() {
    Floor floor = new Floor(TAG).read("tag", true, 0);
    for (long now = 0; now < 300 * MINUTE; now += 14 * MINUTE + 59_000) {
      floor.read("tag", true, now);
    }
    assertThat(floor.transitions()).containsExactly(Floor.occupied(0));
  }

  @Test
  void a_sensor_that_never_speaks_is_dead_once_its_source_runs() {
    Floor floor = new Floor(TAG).tick(60 * MINUTE);
    assertThat(floor.transitions()).isEmpty();
    floor.up("tag", 60 * MINUTE).tick(76 * MINUTE);
    assertThat(floor.transitions())
        .containsExactly(Floor.unknown(UnknownReason.SENSOR_DEAD, 60 * MINUTE + DEAD_AFTER));
  }

  @Test
  void a_sensor_that_is_cut_off_is_not_called_dead() {
    Floor floor = new Floor(TAG).read("tag", true, 0).down("tag", MINUTE).tick(60 * MINUTE);
    assertThat(floor.transitions())
        .extracting(MachineState::reason)
        .last()
        .isEqualTo(Optional.of(UnknownReason.SOURCE_DOWN));
    assertThat(floor.verdict("tag")).isEqualTo(Verdict.CUT_OFF);
  }

  @Test
  void a_dead_pulse_sensor_is_believed_again_after_its_vacancy_timeout() {
    Floor floor = new Floor(MOTION).read("motion", false, 0).tick(16 * MINUTE);
    assertThat(floor.published().reason()).contains(UnknownReason.SENSOR_DEAD);
    floor.read("motion", false, 20 * MINUTE).tick(21 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(20 * MINUTE));
  }

  @Test
  void a_pulse_sensor_that_is_cut_off_is_unknown_since_its_last_pulse() {
    Floor floor = new Floor(Floor.pulse("motion", 30 * MINUTE)).read("motion", true, 0);
    floor.read("motion", false, MINUTE).down("motion", 30 * MINUTE);
    assertThat(floor.transitions())
        .containsExactly(Floor.occupied(0), Floor.unknown(UnknownReason.SOURCE_DOWN, MINUTE));
  }

  @Test
  void a_level_that_fell_within_its_hold_time_is_unknown_since_then_if_it_is_cut_off() {
    Sensor bench = Floor.level("bench", SensorTiming.NONE.withHold(Duration.ofMinutes(10)));
    Floor floor = new Floor(bench).read("bench", true, 0).read("bench", false, MINUTE);
    floor.away("bench", 9 * MINUTE);
    assertThat(floor.transitions())
        .containsExactly(Floor.occupied(0), Floor.unknown(UnknownReason.SOURCE_DOWN, MINUTE));
  }

  private static Floor chattering() {
    Floor floor = new Floor(SEAT).read("seat", false, 0);
    return toggle(floor, "seat", 40, 10_000, 500);
  }

  /// Changes, the first of them to active.
  private static Floor toggle(Floor floor, String sensor, int times, long from, long every) {
    for (int i = 0; i < times; i++) {
      floor.read(sensor, i % 2 == 0, from + i * every);
    }
    return floor;
  }

  private static long stays(Floor floor, int stays, long length) {
    long now = MINUTE;
    for (int i = 0; i < stays; i++) {
      floor.read("seat", true, now).read("seat", false, now + length);
      now += length + 5 * MINUTE;
    }
    return now;
  }
}
