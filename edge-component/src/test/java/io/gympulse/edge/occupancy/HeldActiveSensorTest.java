package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Sensors that stay active, and faults that outlast the loss of a source.
class HeldActiveSensorTest {
  private static final Sensor SEAT = TestMachine.level("seat", 100);
  private static final Sensor LINE = TestMachine.gpioPulse("line", 60_000);
  private static final Sensor RADIO = TestMachine.pulse("radio", 60_000);
  private static final long MINUTE = 60_000;
  private static final long CAP = TestMachine.STUCK_AFTER.toMillis();

  @Test
  void a_pulse_sensor_that_was_active_when_its_source_failed_is_not_free_for_its_silence() {
    TestMachine machine = new TestMachine(LINE).read("line", false, 0).tick(MINUTE);
    machine.read("line", true, 100_000).down("line", 200_000).up("line", 202_000);
    machine.tick(10 * MINUTE);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SOURCE_DOWN, 200_000));
    machine.read("line", false, 11 * MINUTE).tick(12 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(11 * MINUTE));
  }

  @Test
  void a_line_that_is_active_from_the_start_is_stuck_however_often_it_is_reported() {
    TestMachine machine = new TestMachine(LINE);
    for (long now = 0; now < 8 * 60 * MINUTE; now += 5_000) {
      machine.read("line", true, now);
    }
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.occupied(0), TestMachine.unknown(UnknownReason.SENSOR_STUCK, CAP));
    machine.read("line", false, 9 * 60 * MINUTE).tick(9 * 60 * MINUTE + MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(9 * 60 * MINUTE));
  }

  @Test
  void endless_pulses_are_stuck_until_none_came_for_the_vacancy_timeout() {
    TestMachine machine = new TestMachine(RADIO);
    long last = 0;
    for (long now = 0; now < 8 * 60 * MINUTE; now += 5_000) {
      machine.read("radio", true, now);
      last = now;
    }
    assertThat(machine.verdict("radio")).isEqualTo(Verdict.STUCK);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_STUCK);
    machine.tick(last + MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(last));
    assertThat(machine.transitions()).hasSize(3);
    machine.read("radio", true, last + 2 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(last + 2 * MINUTE));
  }

  @Test
  void a_stuck_sensor_stays_stuck_over_the_loss_of_its_source_until_it_is_inactive() {
    for (Sensor sensor : new Sensor[] {SEAT, LINE}) {
      String id = sensor.id().value();
      TestMachine machine = new TestMachine(sensor).read(id, true, 0).tick(CAP);
      machine.down(id, CAP + MINUTE).up(id, CAP + 2 * MINUTE).read(id, true, CAP + 2 * MINUTE);
      machine.tick(CAP + 10 * MINUTE);
      assertThat(machine.published())
          .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_STUCK, CAP + 2 * MINUTE));
      assertThat(machine.verdict(id)).isEqualTo(Verdict.STUCK);
      machine.read(id, false, CAP + 11 * MINUTE).tick(CAP + 20 * MINUTE);
      assertThat(machine.published()).isEqualTo(TestMachine.free(CAP + 11 * MINUTE));
      machine.read(id, true, CAP + 21 * MINUTE).tick(CAP + 22 * MINUTE);
      assertThat(machine.published()).isEqualTo(TestMachine.occupied(CAP + 21 * MINUTE));
    }
  }

  @Test
  void a_stuck_sensor_stays_stuck_after_an_overflow() {
    TestMachine machine =
        new TestMachine(SEAT).read("seat", true, 0).tick(CAP).overflow("seat", CAP + MINUTE);
    machine.read("seat", true, CAP + MINUTE).tick(CAP + 10 * MINUTE);
    assertThat(machine.published().reason()).contains(UnknownReason.SENSOR_STUCK);
  }

  @Test
  void a_dead_sensor_is_not_free_because_its_source_came_back() {
    Sensor quiet =
        TestMachine.pulse(
            "quiet",
            SensorTiming.NONE
                .withVacancyTimeout(Duration.ofMinutes(1))
                .withSilentAfter(Duration.ofHours(1)));
    TestMachine machine =
        new TestMachine(quiet).up("quiet", 0).read("quiet", false, 10).tick(200 * MINUTE);
    machine.down("quiet", 200 * MINUTE).up("quiet", 201 * MINUTE).tick(250 * MINUTE);
    assertThat(machine.published().reason()).contains(UnknownReason.SOURCE_DOWN);
    machine.read("quiet", false, 251 * MINUTE).tick(252 * MINUTE);
    assertThat(machine.published()).isEqualTo(TestMachine.free(251 * MINUTE));
  }
}
