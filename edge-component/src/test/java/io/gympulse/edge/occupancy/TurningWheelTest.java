package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import org.junit.jupiter.api.Test;

/// A contact that a magnet passes at each turn of a wheel: its changes count, not its level.
class TurningWheelTest {
  private static final Sensor WHEEL = TestMachine.sensor("wheel", Behaviour.ROTATION);
  private static final long MINUTE = 60_000;
  private static final long VACANCY = WHEEL.timing().vacancyTimeout().toMillis();

  @Test
  void a_wheel_that_stops_with_its_magnet_at_the_contact_is_free_since_its_last_change() {
    for (boolean rest : new boolean[] {true, false}) {
      TestMachine machine = new TestMachine(WHEEL).read("wheel", rest, 0).tick(MINUTE);
      long last = turn(machine, rest, MINUTE, 20 * MINUTE);
      for (long at = last + 1_000; at < last + VACANCY; at += 1_000) {
        machine.read("wheel", rest, at);
      }
      assertThat(machine.tick(last + VACANCY).transitions())
          .containsExactly(
              TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
    }
  }

  @Test
  void a_wheel_at_rest_is_free_whatever_its_level() {
    TestMachine machine = new TestMachine(WHEEL).read("wheel", true, 5_000).tick(5_000 + VACANCY);
    assertThat(machine.transitions()).containsExactly(TestMachine.free(5_000));
    for (long at = MINUTE; at < 20 * 60 * MINUTE; at += 5 * MINUTE) {
      machine.read("wheel", true, at);
    }
    assertThat(machine.transitions()).containsExactly(TestMachine.free(5_000));
  }

  @Test
  void a_nudge_of_the_wheel_is_no_use() {
    TestMachine machine = new TestMachine(WHEEL).read("wheel", true, 0).tick(MINUTE);
    machine.read("wheel", false, 2 * MINUTE).read("wheel", true, 2 * MINUTE + 1_500);
    assertThat(machine.tick(10 * MINUTE).transitions()).containsExactly(TestMachine.free(0));
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(10 * MINUTE));
  }

  @Test
  void a_slow_and_a_fast_wheel_are_occupied() {
    for (long half : new long[] {1_500, 400, 83, 54}) {
      TestMachine machine = new TestMachine(WHEEL).read("wheel", false, 0).tick(MINUTE);
      boolean level = false;
      long last = 0;
      for (long at = MINUTE; at < 30 * MINUTE; at += half) {
        level = !level;
        machine.read("wheel", level, at);
        last = at;
      }
      assertThat(machine.tick(40 * MINUTE).transitions())
          .containsExactly(
              TestMachine.free(0), TestMachine.occupied(MINUTE), TestMachine.free(last));
    }
  }

  @Test
  void a_wheel_that_is_turned_for_hours_without_a_break_is_stuck_until_it_stops() {
    TestMachine machine = new TestMachine(WHEEL).read("wheel", false, 0).tick(MINUTE);
    long cap = TestMachine.STUCK_AFTER.toMillis();
    long last = turn(machine, false, MINUTE, cap + 10 * MINUTE);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_STUCK, MINUTE + cap - 1_000));
    machine.tick(last + VACANCY);
    assertThat(machine.published()).isEqualTo(TestMachine.free(last));
  }

  @Test
  void the_first_reading_after_the_loss_of_its_source_is_no_change() {
    TestMachine machine = new TestMachine(WHEEL).read("wheel", false, 0).tick(MINUTE);
    machine.down("wheel", 2 * MINUTE).up("wheel", 3 * MINUTE).read("wheel", true, 3 * MINUTE);
    assertThat(machine.tick(3 * MINUTE + VACANCY).published())
        .isEqualTo(TestMachine.free(3 * MINUTE));
    assertThat(machine.verdict("wheel")).isEqualTo(Verdict.FREE);
  }

  /// Changes each second, an even number of times.
  ///
  /// @return the time of the last change
  private static long turn(TestMachine machine, boolean rest, long from, long to) {
    long last = from;
    for (long at = from; at < to; at += 2_000) {
      last = at + 1_000;
      machine.read("wheel", !rest, at).read("wheel", rest, last);
    }
    return last;
  }
}
