package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentStateCheckTest {
  private final GymDayFixture day = new GymDayFixture().event(100, "occupied").event(200, "free");

  @Test
  void the_last_recorded_state_must_be_stored() {
    assertThat(check(GymDayFixture.state("free", 200)))
        .isEqualTo(new CurrentStateCheck(1, List.of()));
  }

  @Test
  void an_earlier_state_another_time_or_no_state_is_an_error() {
    assertThat(check(GymDayFixture.state("occupied", 100)).errors()).hasSize(1);
    assertThat(check(GymDayFixture.state("free", 150)).errors()).hasSize(1);
    assertThat(check().errors()).hasSize(1);
  }

  private CurrentStateCheck check(Expectations.ShownState... stored) {
    return CurrentStateCheck.check(
        List.of(GymDayFixture.MACHINE), List.of(stored), day.history(), GymDayFixture.TOLERANCE);
  }
}
