package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StuckRuleTest {
  private static final Duration CAP = Duration.ofHours(6);

  @ParameterizedTest
  @CsvSource({
    "treadmill, 180",
    "bike, 180",
    "rower, 180",
    "stair-climber, 180",
    "sauna, 180",
    "bench-press, 90",
    "leg-press, 90",
    "squat-rack, 90",
    "cable, 90"
  })
  void a_category_says_how_long_is_too_long_until_its_machine_is_known(
      String category, long minutes) {
    StuckRule rule = StuckRule.of(new CategoryId(category), CAP);
    assertThat(rule.longestDwell(DwellHistory.EMPTY))
        .isEqualTo(Duration.ofMinutes(minutes).toMillis());
  }

  @Test
  void a_hundred_occupancies_replace_the_category() {
    StuckRule rule = StuckRule.of(new CategoryId("bench-press"), CAP);
    DwellHistory history = DwellHistory.EMPTY;
    for (int i = 1; i < DwellHistory.MIN_SAMPLES; i++) {
      history = history.with(Duration.ofMinutes(60).toMillis());
    }
    assertThat(rule.longestDwell(history)).isEqualTo(Duration.ofMinutes(90).toMillis());
    history = history.with(Duration.ofMinutes(60).toMillis());
    assertThat(rule.longestDwell(history))
        .isBetween(Duration.ofMinutes(180).toMillis(), Duration.ofMinutes(220).toMillis());
  }

  @Test
  void alone_in_the_gym_endurance_training_may_last_longer() {
    assertThat(StuckRule.of(new CategoryId("treadmill"), CAP).longestAlone())
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(StuckRule.of(new CategoryId("leg-press"), CAP).longestAlone())
        .isEqualTo(Duration.ofMinutes(60));
  }

  @Test
  void nothing_exceeds_the_cap() {
    StuckRule rule = StuckRule.of(new CategoryId("bike"), Duration.ofMinutes(20));
    assertThat(rule.longestDwell(DwellHistory.EMPTY)).isEqualTo(Duration.ofMinutes(20).toMillis());
  }
}
