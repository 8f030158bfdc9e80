package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClonePeriodTest {
  private static final CardCloner.ClonePeriod PERIOD =
      new CardCloner.ClonePeriod(
          GymDayFixture.GYM, GymDayFixture.at(1_000), GymDayFixture.at(2_000));

  @Test
  void a_downtime_while_the_clone_ran_is_hidden() {
    assertThat(PERIOD.hides(downtime(GymDayFixture.GYM, 900, 1_001))).isTrue();
    assertThat(PERIOD.hides(downtime(GymDayFixture.GYM, 1_999, 2_100))).isTrue();
    assertThat(PERIOD.hides(downtime(GymDayFixture.GYM, 900, 1_000))).isFalse();
    assertThat(PERIOD.hides(downtime(GymDayFixture.GYM, 2_000, 2_100))).isFalse();
    assertThat(PERIOD.hides(downtime("riverside", 1_100, 1_200))).isFalse();
  }

  @Test
  void a_gap_may_reach_back_to_events_of_the_clone() {
    assertThat(PERIOD.mayFillGapOf(downtime(GymDayFixture.GYM, 2_599, 2_700))).isTrue();
    assertThat(PERIOD.mayFillGapOf(downtime(GymDayFixture.GYM, 2_600, 2_700))).isFalse();
  }

  private static Downtime downtime(String gym, long from, long to) {
    return new Downtime(
        gym, Downtime.Cause.PROCESS_DOWN, GymDayFixture.at(from), GymDayFixture.at(to));
  }
}
