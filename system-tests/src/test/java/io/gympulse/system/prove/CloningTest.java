package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloningTest {
  private static final Cloning CLONING = new Cloning(Day.GYM, Day.at(1_000), Day.at(2_000));

  @Test
  void an_absence_while_the_other_gateway_ran_is_covered_by_it() {
    assertThat(CLONING.covers(absence(Day.GYM, 900, 1_001))).isTrue();
    assertThat(CLONING.covers(absence(Day.GYM, 1_999, 2_100))).isTrue();
    assertThat(CLONING.covers(absence(Day.GYM, 900, 1_000))).isFalse();
    assertThat(CLONING.covers(absence(Day.GYM, 2_000, 2_100))).isFalse();
    assertThat(CLONING.covers(absence("riverside", 1_100, 1_200))).isFalse();
  }

  @Test
  void a_gap_may_reach_back_to_what_the_other_gateway_told() {
    assertThat(CLONING.blurs(absence(Day.GYM, 2_599, 2_700))).isTrue();
    assertThat(CLONING.blurs(absence(Day.GYM, 2_600, 2_700))).isFalse();
  }

  private static Absence absence(String gym, long from, long to) {
    return new Absence(gym, Absence.Cause.DEAD, Day.at(from), Day.at(to));
  }
}
