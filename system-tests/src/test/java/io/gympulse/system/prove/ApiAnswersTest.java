package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiAnswersTest {
  private final Day day = new Day().event(100, "occupied").event(200, "free");

  @Test
  void what_holds_may_be_shown() {
    assertThat(judge(poll(150, "occupied", 100), poll(300, "free", 200)))
        .isEqualTo(new ApiAnswers(2, List.of()));
  }

  @Test
  void what_held_may_be_shown_until_the_next_had_the_time_to_arrive() {
    assertThat(judge(poll(210, "occupied", 100)).errors()).isEmpty();
    assertThat(judge(poll(212, "occupied", 100)).errors())
        .singleElement()
        .asString()
        .contains("long after");
  }

  @Test
  void in_a_disturbance_it_may_be_shown_for_longer() {
    day.disturbed(205, 290);
    assertThat(judge(poll(299, "occupied", 100)).errors()).isEmpty();
    assertThat(judge(poll(301, "occupied", 100)).errors()).hasSize(1);
  }

  @Test
  void what_never_was_must_not_be_shown() {
    assertThat(judge(poll(300, "unknown", 200)).errors())
        .singleElement()
        .asString()
        .contains("never so");
    assertThat(judge(poll(300, "free", 250)).errors()).hasSize(1);
    assertThat(judge(poll(150, "free", 200)).errors()).hasSize(1);
  }

  @Test
  void counts_are_those_of_the_machines_shown() {
    Poll wrong =
        new Poll(
            Day.GYM,
            Day.at(300),
            Day.at(300),
            "online",
            Map.of("free", 0, "occupied", 1, "unknown", 0, "offline", 0),
            List.of(new Poll.Status("free", "free")),
            List.of(Day.shown("free", 200)));
    assertThat(judge(wrong).errors()).singleElement().asString().contains("counts");
  }

  @Test
  void a_machine_is_shown_as_it_is_kept_and_offline_only_with_its_gateway() {
    assertThat(judge(shownAs("online", "free")).errors()).isEmpty();
    assertThat(judge(shownAs("offline", "offline")).errors()).isEmpty();
    assertThat(judge(shownAs("online", "occupied")).errors())
        .singleElement()
        .asString()
        .contains("shows");
    assertThat(judge(shownAs("online", "offline")).errors()).hasSize(1);
    assertThat(judge(shownAs("offline", "free")).errors()).hasSize(1);
  }

  private static Poll shownAs(String presence, String status) {
    return new Poll(
        Day.GYM,
        Day.at(300),
        Day.at(300),
        presence,
        Map.of(status, 1),
        List.of(new Poll.Status(status, "free")),
        List.of(Day.shown("free", 200)));
  }

  private ApiAnswers judge(Poll... polls) {
    return ApiAnswers.judge(List.of(polls), day.expectations());
  }

  private static Poll poll(long second, String status, long since) {
    return new Poll(
        Day.GYM,
        Day.at(second),
        Day.at(second),
        "online",
        Map.of(status, 1),
        List.of(new Poll.Status(status, status)),
        List.of(Day.shown(status, since)));
  }
}
