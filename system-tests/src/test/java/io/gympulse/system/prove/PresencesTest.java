package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresencesTest {
  private static final Duration OFFLINE_AFTER = Duration.ofSeconds(100);

  private final Day day = new Day().disturbed(1_000, 1_400);
  private final List<Absence> absences =
      List.of(new Absence(Day.GYM, Absence.Cause.CUT, Day.at(1_000), Day.at(1_390)));

  @Test
  void a_gateway_is_online_while_all_is_calm() {
    assertThat(judge(poll(900, "online", "free"))).isEqualTo(new Presences(1, 0, List.of()));
    assertThat(judge(poll(900, "offline", "offline")).errors()).hasSize(1);
  }

  @Test
  void a_gateway_that_is_cut_off_for_long_is_offline_with_all_its_machines() {
    assertThat(judge(poll(1_110, "offline", "offline"))).isEqualTo(new Presences(0, 1, List.of()));
    assertThat(judge(poll(1_110, "online", "free")).errors()).hasSize(1);
    assertThat(judge(poll(1_110, "offline", "free")).errors()).hasSize(1);
  }

  @Test
  void in_between_either_may_be_shown() {
    assertThat(judge(poll(1_109, "online", "free"), poll(1_409, "offline", "offline")))
        .isEqualTo(new Presences(0, 0, List.of()));
  }

  private Presences judge(Poll... polls) {
    return Presences.judge(List.of(polls), absences, OFFLINE_AFTER, day.expectations());
  }

  private static Poll poll(long second, String presence, String status) {
    return new Poll(
        Day.GYM,
        Day.at(second),
        Day.at(second),
        presence,
        Map.of(status, 1),
        List.of(new Poll.Status(status, status)),
        List.of());
  }
}
