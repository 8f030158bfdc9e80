package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptStatesTest {
  private final Day day = new Day().event(100, "occupied").event(200, "free");

  @Test
  void the_last_recorded_state_is_kept() {
    assertThat(judge(Day.shown("free", 200))).isEqualTo(new KeptStates(1, List.of()));
  }

  @Test
  void an_earlier_one_another_time_or_none_is_an_error() {
    assertThat(judge(Day.shown("occupied", 100)).errors()).hasSize(1);
    assertThat(judge(Day.shown("free", 150)).errors()).hasSize(1);
    assertThat(judge().errors()).hasSize(1);
  }

  private KeptStates judge(Shown... kept) {
    return KeptStates.judge(List.of(Day.MACHINE), List.of(kept), day.truth(), Day.TOLERANCE);
  }
}
