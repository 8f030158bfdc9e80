package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Exercise, bounces and loose contacts differ by how often a sensor of a kind changes.
class ChangeRateTest {
  private static final long MINUTE = 60_000;

  @Test
  void a_raw_infrared_sensor_that_is_read_as_a_level_is_occupied_while_somebody_moves() {
    Sensor motion = level("motion", Duration.ofSeconds(60));
    TestMachine machine = new TestMachine(motion).read("motion", false, 0).tick(MINUTE);
    toggle(machine, "motion", 2_000, MINUTE, 3_200);
    long last = MINUTE + 1_999 * 3_200;
    assertThat(machine.tick(last + 2 * MINUTE).transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
  }

  @Test
  void a_raw_infrared_sensor_is_occupied_from_the_first_motion_to_the_end_of_the_last() {
    TestMachine machine = new TestMachine(TestMachine.sensor("motion", Behaviour.MOTION));
    machine.read("motion", false, 0).tick(MINUTE);
    toggle(machine, "motion", 2_000, MINUTE, 3_200);
    long last = MINUTE + 1_999 * 3_200;
    assertThat(machine.tick(last + MINUTE).transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
  }

  @Test
  void a_pedal_that_is_read_as_a_level_is_occupied_while_it_turns() {
    Sensor pedal = level("pedal", Duration.ofSeconds(15));
    TestMachine machine = new TestMachine(pedal).read("pedal", false, 0).tick(MINUTE);
    toggle(machine, "pedal", 4_500, MINUTE, 400);
    long last = MINUTE + 4_499 * 400;
    assertThat(machine.tick(last + MINUTE).transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
  }

  /// From an easy to a hard ride, with one magnet and with four.
  @ParameterizedTest
  @CsvSource({"200, 1", "360, 1", "140, 4"})
  void a_flywheel_that_is_read_as_pulses_is_occupied_while_it_turns(int turns, int magnets) {
    TestMachine machine =
        new TestMachine(TestMachine.gpioPulse("wheel", 15_000)).read("wheel", false, 0);
    machine.tick(MINUTE);
    long every = MINUTE / turns / magnets;
    long last = MINUTE;
    for (long at = MINUTE; at < 30 * MINUTE; at += every) {
      last = at + 12;
      machine.read("wheel", true, at).read("wheel", false, last);
    }
    assertThat(machine.tick(31 * MINUTE).transitions())
        .containsExactly(TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTACT", "PRESSURE"})
  void a_contact_that_is_loose_for_minutes_is_not_hidden_by_its_hold(Behaviour behaviour) {
    SensorTiming timing = SensorTiming.NONE.withHold(Duration.ofSeconds(60));
    TestMachine machine =
        new TestMachine(TestMachine.sensor("seat", behaviour, timing)).read("seat", false, 0);
    toggle(machine, "seat", 400, MINUTE, 500);
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.CHATTERING);
    assertThat(machine.reason("seat")).isEqualTo("it changed more than 60 times a minute");
  }

  @Test
  void a_set_of_a_hundred_lifts_from_a_mat_is_no_chatter() {
    TestMachine machine = new TestMachine(TestMachine.sensor("mat", Behaviour.PRESSURE));
    machine.read("mat", false, 0).tick(MINUTE);
    machine.read("mat", true, MINUTE);
    for (long at = MINUTE + 5_000; at < 6 * MINUTE - 3_000; at += 3_000) {
      machine.read("mat", false, at).read("mat", true, at + 600);
    }
    machine.read("mat", false, 6 * MINUTE);
    assertThat(machine.tick(7 * MINUTE).transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(6 * MINUTE));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEVEL", "CONTACT", "POWER", "PRESSURE"})
  void a_machine_that_becomes_free_and_occupied_all_the_time_is_unknown(Behaviour behaviour) {
    TestMachine machine = new TestMachine(TestMachine.sensor("seat", behaviour, SensorTiming.NONE));
    machine.read("seat", false, 0);
    toggle(machine, "seat", 40, MINUTE, 1_500);
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.CHATTERING);
    assertThat(machine.reason("seat"))
        .isEqualTo("its machine became free or occupied more than 10 times a minute");
  }

  @ParameterizedTest
  @EnumSource(names = {"LEVEL", "POWER", "PULSE"})
  void the_hum_of_an_open_line_is_chatter(Behaviour behaviour) {
    boolean level = behaviour.model() == Sensor.Model.LEVEL;
    SensorTiming timing =
        level
            ? SensorTiming.NONE.withHold(Duration.ofSeconds(60))
            : SensorTiming.NONE.withVacancyTimeout(Duration.ofSeconds(60));
    TestMachine machine = new TestMachine(TestMachine.sensor("line", behaviour, timing));
    machine.read("line", false, 0).tick(MINUTE);
    toggle(machine, "line", 30_000, MINUTE, 10);
    assertThat(machine.verdict("line")).isEqualTo(Verdict.CHATTERING);
  }

  @Test
  void a_vibration_switch_that_never_rests_shows_use() {
    TestMachine machine = new TestMachine(TestMachine.sensor("switch", Behaviour.VIBRATION));
    machine.read("switch", false, 0).tick(2 * MINUTE);
    toggle(machine, "switch", 30_000, 2 * MINUTE, 10);
    assertThat(machine.verdict("switch")).isEqualTo(Verdict.OCCUPIED);
  }

  @Test
  void readings_that_were_buffered_and_arrive_at_once_are_counted_by_the_sensors_clock() {
    TestMachine machine =
        new TestMachine(TestMachine.level("seat", 0)).read("seat", false, 0).tick(30 * MINUTE);
    for (int i = 0; i < 13; i++) {
      machine.read("seat", i % 2 == 0, 30 * MINUTE, i * 2L * MINUTE);
    }
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.OCCUPIED);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(30 * MINUTE + 12));
  }

  @Test
  void buffered_readings_of_a_loose_contact_are_chatter() {
    TestMachine machine =
        new TestMachine(TestMachine.level("seat", 0)).read("seat", false, 0).tick(30 * MINUTE);
    for (int i = 0; i < 13; i++) {
      machine.read("seat", i % 2 == 0, 30 * MINUTE, i * 1_000L);
    }
    assertThat(machine.verdict("seat")).isEqualTo(Verdict.CHATTERING);
  }

  /// The sensor's clock stands still, or is set back each minute.
  @Test
  void a_wrong_clock_of_a_sensor_does_not_make_exercise_chatter() {
    for (long step : List.of(0L, -5_000L)) {
      TestMachine machine =
          new TestMachine(TestMachine.level("seat", 0)).read("seat", false, 0).tick(MINUTE);
      for (int i = 0; i < 100; i++) {
        machine.read("seat", i % 2 == 0, MINUTE + i * 7_000L, i * step);
      }
      assertThat(machine.verdict("seat")).isEqualTo(Verdict.FREE);
      assertThat(machine.transitions()).hasSize(101);
    }
  }

  private static Sensor level(String id, Duration hold) {
    return TestMachine.level(id, SensorTiming.NONE.withHold(hold));
  }

  /// Reads `times` changes, the first of them to active.
  private static void toggle(TestMachine machine, String sensor, int times, long from, long every) {
    for (int i = 0; i < times; i++) {
      machine.read(sensor, i % 2 == 0, from + i * every);
    }
  }
}
