package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Chattering, overflowing, stuck and dead sensors, and how they are trusted again.
class SensorFaultTest {
  private static final Sensor SEAT = TestMachine.level("seat", 100);
  private static final Sensor TAG =
      TestMachine.level("tag", SensorTiming.NONE.withSilentAfter(Duration.ofMinutes(15)));
  private static final Sensor MOTION =
      TestMachine.pulse(
          "motion",
          SensorTiming.NONE
              .withVacancyTimeout(Duration.ofSeconds(60))
              .withSilentAfter(Duration.ofMinutes(15)));
  private static final long MINUTE = 60_000;
  private static final long DEAD_AFTER = 15 * MINUTE + 15 * MINUTE / 16;

  @Test
  void ten_changes_in_a_minute_are_accepted_and_more_are_chatter() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    long last = toggle(machine, "seat", 10, 1_000, 500).tick(20_000).transitions().size();
    assertThat(last).isEqualTo(11);
    machine.read("seat", true, 20_500).tick(21_000);
    assertThat(machine.published().status().wireName()).isEqualTo("occupied");
    toggle(machine, "seat", 6, 22_000, 500).tick(30_000);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_CHATTERING);
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.CHATTERING);
  }

  @Test
  void people_who_come_and_go_every_fifteen_seconds_are_no_chatter() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    toggle(machine, "seat", 400, 15_000, 7_500).tick(4_000_000);
    assertThat(machine.transitions()).hasSize(401);
  }

  @Test
  void a_chattering_sensor_is_unknown_until_it_was_quiet_for_two_minutes() {
    TestMachine machine = chattering();
    int before = machine.transitions().size();
    toggle(machine, "seat", 2_000, 60_000, 300);
    assertThat(machine.transitions()).hasSize(before);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(60_000 + 1_999 * 300));
    long lastChange = 60_000 + 1_999 * 300;
    machine.tick(lastChange + 2 * MINUTE - 1);
    assertThat(machine.transitions()).hasSize(before);
    machine.tick(lastChange + 2 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(lastChange + 2 * MINUTE));
    assertThat(machine.verdict("seat").reason()).isEmpty();
  }

  @Test
  void a_level_that_never_settles_is_chatter() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0).tick(10_000);
    toggle(machine, "seat", 2_000, 20_000, 50);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_CHATTERING, 20_000));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(20_000 + 1_999 * 50));
  }

  @Test
  void exercise_is_no_chatter_of_a_pulse_sensor_but_thirty_pulses_a_second_are() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(60_000);
    toggle(machine, "motion", 2_400, 100_000, 250);
    assertThat(machine.verdict("motion").reason()).isEmpty();
    toggle(machine, "motion", 12_000, 1_400_000, 16);
    assertThat(machine.verdict("motion")).isEqualTo(Verdict.CHATTERING);
    long last = 1_400_000 + 11_999 * 16;
    machine.tick(last + 2 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(last + 2 * MINUTE));
  }

  @Test
  void a_switch_that_rings_at_each_impact_is_no_chatter() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(60_000);
    for (int impact = 0; impact < 200; impact++) {
      toggle(machine, "motion", 30, 100_000 + impact * 3_000L, 2);
    }
    assertThat(machine.verdict("motion").reason()).isEmpty();
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(100_000));
  }

  @Test
  void an_overflowing_sensor_is_unknown_until_it_was_quiet() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0).tick(10_000);
    machine.overflow("seat", 20_000).read("seat", true, 20_500).tick(100_000);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_CHATTERING, 20_000));
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.OVERFLOWED);
    machine.tick(20_500 + 2 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(20_500 + 2 * MINUTE));
  }

  @Test
  void a_sensor_active_for_three_times_its_longest_usual_stay_is_stuck() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    long now = stays(machine, DwellHistory.MIN_SAMPLES, 20 * MINUTE);
    machine.read("seat", true, now).tick(now + 60 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(now));
    machine.tick(now + 90 * MINUTE);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_STUCK);
    machine.read("seat", false, now + 100 * MINUTE).tick(now + 101 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(now + 100 * MINUTE));
    assertThat(machine.verdict("seat").reason()).isEmpty();
  }

  @Test
  void half_an_hour_is_never_too_long() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    long now = stays(machine, DwellHistory.MIN_SAMPLES, MINUTE);
    machine.read("seat", true, now).tick(now + 30 * MINUTE - 1);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(now));
    machine.tick(now + 30 * MINUTE);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_STUCK, now + 30 * MINUTE));
  }

  @Test
  void too_few_stays_say_nothing_about_the_longest() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    long now = stays(machine, DwellHistory.MIN_SAMPLES - 1, MINUTE);
    machine.read("seat", true, now).tick(now + TestMachine.STUCK_AFTER.toMillis() - 1);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(now));
  }

  @Test
  void a_sensor_silent_for_too_long_is_dead_until_its_next_reading() {
    TestMachine machine = new TestMachine(TAG).read("tag", true, 0).read("tag", true, 10 * MINUTE);
    machine.tick(10 * MINUTE + DEAD_AFTER - 1);
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(0));
    machine.tick(30 * MINUTE).read("tag", true, 31 * MINUTE);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0),
            TestMachine.unknown(UnknownReason.SENSOR_DEAD, 10 * MINUTE + DEAD_AFTER),
            TestMachine.occupied(31 * MINUTE));
  }

  @Test
  void a_sensor_that_repeats_itself_often_enough_is_alive() {
    TestMachine machine = new TestMachine(TAG).read("tag", true, 0);
    for (long now = 0; now < 170 * MINUTE; now += 14 * MINUTE + 59_000) {
      machine.read("tag", true, now);
    }
    assertThat(machine.transitions()).containsExactly(TestMachine.occupied(0));
  }

  @Test
  void a_sensor_without_any_reading_is_dead_once_its_source_runs() {
    TestMachine machine = new TestMachine(TAG).tick(60 * MINUTE);
    assertThat(machine.transitions()).isEmpty();
    machine.up("tag", 60 * MINUTE).tick(76 * MINUTE);
    assertThat(machine.transitions())
        .containsExactly(TestMachine.unknown(UnknownReason.SENSOR_DEAD, 60 * MINUTE + DEAD_AFTER));
  }

  @Test
  void a_sensor_whose_source_is_down_is_not_dead() {
    TestMachine machine =
        new TestMachine(TAG).read("tag", true, 0).down("tag", MINUTE).tick(60 * MINUTE);
    assertThat(machine.transitions())
        .extracting(MachineState::reason)
        .last()
        .isEqualTo(Optional.of(UnknownReason.SOURCE_DOWN));
    assertThat(machine.verdict("tag")).isEqualTo(Verdict.SOURCE_DOWN);
  }

  @Test
  void a_dead_pulse_sensor_is_trusted_again_after_its_vacancy_timeout() {
    TestMachine machine = new TestMachine(MOTION).read("motion", false, 0).tick(16 * MINUTE);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_DEAD);
    machine.read("motion", false, 20 * MINUTE).tick(21 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(20 * MINUTE));
  }

  @Test
  void a_pulse_sensor_whose_source_fails_is_unknown_since_its_last_pulse() {
    TestMachine machine =
        new TestMachine(TestMachine.pulse("motion", 30 * MINUTE)).read("motion", true, 0);
    machine.read("motion", false, MINUTE).down("motion", 30 * MINUTE);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0), TestMachine.unknown(UnknownReason.SOURCE_DOWN, MINUTE));
  }

  @Test
  void a_level_that_fell_within_its_hold_time_is_unknown_since_then_if_its_device_is_unavailable() {
    Sensor bench = TestMachine.level("bench", SensorTiming.NONE.withHold(Duration.ofMinutes(10)));
    TestMachine machine =
        new TestMachine(bench).read("bench", true, 0).read("bench", false, MINUTE);
    machine.unavailable("bench", 9 * MINUTE);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0), TestMachine.unknown(UnknownReason.SOURCE_DOWN, MINUTE));
  }

  private static TestMachine chattering() {
    TestMachine machine = new TestMachine(SEAT).read("seat", false, 0);
    return toggle(machine, "seat", 40, 10_000, 500);
  }

  /// Reads `times` changes, the first of them to active.
  private static TestMachine toggle(
      TestMachine machine, String sensor, int times, long from, long every) {
    for (int i = 0; i < times; i++) {
      machine.read(sensor, i % 2 == 0, from + i * every);
    }
    return machine;
  }

  private static long stays(TestMachine machine, int stays, long length) {
    long now = MINUTE;
    for (int i = 0; i < stays; i++) {
      machine.read("seat", true, now).read("seat", false, now + length);
      now += length + 5 * MINUTE;
    }
    return now;
  }
}
