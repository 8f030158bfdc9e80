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

    assertThat(SensingLimits.with(0).exceededBy(measured))
        .containsExactly(Behaviour.CONTACT, Behaviour.ROTATION);
    assertThat(SensingLimits.none().exceededBy(measured)).isEmpty();
  }

  @Test
  void with_lost_reports_every_kind_has_the_same_limit() {
    Map<Behaviour, Comparison> measured =
        Map.of(Behaviour.CONTACT, hour(89, 0), Behaviour.VIBRATION, hour(91, 0));

    assertThat(SensingLimits.with(0.02).exceededBy(measured)).containsExactly(Behaviour.VIBRATION);
    assertThat(SensingLimits.with(0.03).exceededBy(measured)).isEmpty();
  }

  @Test
  void unknown_time_is_no_way_below_a_limit() {
    assertThat(SensingLimits.with(0).exceededBy(Map.of(Behaviour.POWER, hour(0, 181))))
        .containsExactly(Behaviour.POWER);
  }

  private static Comparison hour(long wrongSeconds, long unknownSeconds) {
    return new Comparison(
        Duration.ofHours(1),
        Duration.ofSeconds(wrongSeconds),
        Duration.ZERO,
        Duration.ofSeconds(unknownSeconds));
  }
}
