package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.edge.occupancy.SensorHealth.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Sensors that are held active, and what outlasts a lost source.
class HeldSensorTest {
  private static final Sensor SEAT = Floor.level("seat", 100);
  private static final Sensor LINE = Floor.pulseOfLine("line", 60_000);
  private static final Sensor RADIO = Floor.pulse("radio", 60_000);
  private static final long MINUTE = 60_000;
  private static final long CAP = Floor.STUCK_AFTER.toMillis();

  @Test
  void a_held_pulse_sensor_is_not_called_free_for_its_silence_after_its_source_was_lost() {
    Floor floor = new Floor(LINE).read("line", false, 0).tick(MINUTE);
    floor.read("line", true, 100_000).down("line", 200_000).up("line", 202_000);
    floor.tick(10 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.unknown(UnknownReason.SOURCE_DOWN, 200_000));
    floor.read("line", false, 11 * MINUTE).tick(12 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(11 * MINUTE));
  }

  @Test
  void a_line_that_is_active_from_the_start_is_stuck_however_often_it_says_so() {
    Floor floor = new Floor(LINE);
    for (long now = 0; now < 8 * 60 * MINUTE; now += 5_000) {
      floor.read("line", true, now);
    }
    assertThat(floor.transitions())
        .containsExactly(Floor.occupied(0), Floor.unknown(UnknownReason.SENSOR_STUCK, CAP));
    floor.read("line", false, 9 * 60 * MINUTE).tick(9 * 60 * MINUTE + MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(9 * 60 * MINUTE));
  }

  @Test
  void pulses_without_any_end_are_stuck_until_none_came_for_the_vacancy_timeout() {
    Floor floor = new Floor(RADIO);
    long last = 0;
    for (long now = 0; now < 8 * 60 * MINUTE; now += 5_000) {
      floor.read("radio", true, now);
      last = now;
    }
    assertThat(floor.verdict("radio")).isEqualTo(Verdict.STUCK);
    assertThat(floor.published().reason()).contains(UnknownReason.SENSOR_STUCK);
    floor.tick(last + MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(last));
    assertThat(floor.transitions()).hasSize(3);
    floor.read("radio", true, last + 2 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.occupied(last + 2 * MINUTE));
  }

  @Test
  void a_stuck_sensor_stays_so_over_a_lost_source_until_it_says_otherwise() {
    for (Sensor sensor : new Sensor[] {SEAT, LINE}) {
      String id = sensor.id().value();
      Floor floor = new Floor(sensor).read(id, true, 0).tick(CAP);
      floor.down(id, CAP + MINUTE).up(id, CAP + 2 * MINUTE).read(id, true, CAP + 2 * MINUTE);
      floor.tick(CAP + 10 * MINUTE);
      assertThat(floor.published())
          .isEqualTo(Floor.unknown(UnknownReason.SENSOR_STUCK, CAP + 2 * MINUTE));
      assertThat(floor.verdict(id)).isEqualTo(Verdict.STUCK);
      floor.read(id, false, CAP + 11 * MINUTE).tick(CAP + 20 * MINUTE);
      assertThat(floor.published()).isEqualTo(Floor.free(CAP + 11 * MINUTE));
      floor.read(id, true, CAP + 21 * MINUTE).tick(CAP + 22 * MINUTE);
      assertThat(floor.published()).isEqualTo(Floor.occupied(CAP + 21 * MINUTE));
    }
  }

  @Test
  void a_stuck_sensor_stays_so_when_a_flood_has_calmed_down() {
    Floor floor = new Floor(SEAT).read("seat", true, 0).tick(CAP).flooded("seat", CAP + MINUTE);
    floor.read("seat", true, CAP + MINUTE).tick(CAP + 10 * MINUTE);
    assertThat(floor.published().reason()).contains(UnknownReason.SENSOR_STUCK);
  }

  @Test
  void a_dead_sensor_is_not_called_free_because_its_source_came_back() {
    Sensor quiet =
        Floor.pulse(
            "quiet",
            SensorTiming.NONE
                .withVacancyTimeout(Duration.ofMinutes(1))
                .withSilentAfter(Duration.ofHours(1)));
    Floor floor = new Floor(quiet).up("quiet", 0).read("quiet", false, 10).tick(200 * MINUTE);
    floor.down("quiet", 200 * MINUTE).up("quiet", 201 * MINUTE).tick(250 * MINUTE);
    assertThat(floor.published().reason()).contains(UnknownReason.SOURCE_DOWN);
    floor.read("quiet", false, 251 * MINUTE).tick(252 * MINUTE);
    assertThat(floor.published()).isEqualTo(Floor.free(251 * MINUTE));
  }
}
