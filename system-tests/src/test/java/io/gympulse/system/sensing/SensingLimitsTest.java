package io.gympulse.system.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensingLimitsTest {

  @Test
  void a_kind_is_over_its_limit_and_one_without_a_limit_is_not() {
    Map<Behaviour, Comparison> measured =
        Map.of(
            Behaviour.CONTACT, hour(6, 0),
            Behaviour.POWER, hour(4, 0),
            Behaviour.MOTION, hour(59, 0),
            Behaviour.ROTATION, hour(61, 0),
            Behaviour.LEVEL, hour(1_000, 0));

    assertThat(SensingLimits.with(0).exceededBy(byUse(measured)))
        .containsExactly(Behaviour.CONTACT, Behaviour.ROTATION);
    assertThat(SensingLimits.none().exceededBy(byUse(measured))).isEmpty();
  }

  @Test
  void with_lost_reports_all_kinds_with_a_limit_have_the_same() {
    SensingAccuracy measured =
        byUse(
            Map.of(
                Behaviour.CONTACT, hour(89, 0),
                Behaviour.PRESSURE, hour(91, 0),
                Behaviour.VIBRATION, hour(1_000, 0)));

    assertThat(SensingLimits.with(0.02).exceededBy(measured)).containsExactly(Behaviour.PRESSURE);
    assertThat(SensingLimits.with(0.03).exceededBy(measured)).isEmpty();
  }

  @Test
  void a_plug_is_compared_with_the_movement_of_its_machine() {
    SensingAccuracy late =
        new SensingAccuracy(
            Map.of(Behaviour.POWER, hour(4, 0), Behaviour.CONTACT, hour(4, 0)),
            Map.of(Behaviour.POWER, hour(6, 0), Behaviour.CONTACT, hour(6, 0)));

    assertThat(SensingLimits.with(0).exceededBy(late)).containsExactly(Behaviour.POWER);
  }

  @Test
  void unknown_time_is_no_way_below_a_limit() {
    assertThat(SensingLimits.with(0).exceededBy(byUse(Map.of(Behaviour.POWER, hour(0, 181)))))
        .containsExactly(Behaviour.POWER);
  }

  private static SensingAccuracy byUse(Map<Behaviour, Comparison> comparisons) {
    return new SensingAccuracy(comparisons, Map.of());
  }

  private static Comparison hour(long wrongSeconds, long unknownSeconds) {
    return new Comparison(
        Duration.ofHours(1),
        Duration.ofSeconds(wrongSeconds),
        Duration.ZERO,
        Duration.ofSeconds(unknownSeconds));
  }
}
