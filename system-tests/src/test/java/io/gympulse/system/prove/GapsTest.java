package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final Gaps.Allowance ALLOWANCE =
      new Gaps.Allowance(Duration.ofSeconds(1), Duration.ofSeconds(30), new Slowdowns());
  private static final Absence DEAD = absence(1_000, 1_060);

  @Test
  void unknown_from_the_last_mark_until_the_process_runs_again_is_right() {
    Gaps gaps =
        judge(
            Day.seen(1, 500, "occupied", "-"),
            Day.seen(2, 960, "unknown", "gateway-off"),
            Day.seen(3, 1_061, "free", "-"));
    assertThat(gaps).isEqualTo(new Gaps(1, 0, List.of()));
  }

  @Test
  void a_machine_that_keeps_its_status_while_the_process_is_dead_is_an_error() {
    assertThat(judge(Day.seen(1, 500, "occupied", "-"), Day.seen(2, 1_061, "free", "-")).errors())
        .singleElement()
        .asString()
        .contains("is no gap");
  }

  @Test
  void a_gap_marked_free_is_an_error() {
    assertThat(
            judge(
                    Day.seen(1, 500, "occupied", "-"),
                    Day.seen(2, 960, "free", "-"),
                    Day.seen(3, 1_061, "free", "-"))
                .errors())
        .hasSize(1);
  }

  @Test
  void a_status_claimed_within_the_gap_is_an_error() {
    assertThat(
            judge(Day.seen(1, 960, "unknown", "gateway-off"), Day.seen(2, 1_030, "free", "-"))
                .errors())
        .hasSize(1);
  }

  @Test
  void a_gap_that_begins_long_before_the_death_is_an_error() {
    assertThat(
            judge(
                    Day.seen(1, 500, "occupied", "-"),
                    Day.seen(2, 780, "unknown", "gateway-off"),
                    Day.seen(3, 1_061, "free", "-"))
                .errors())
        .singleElement()
        .asString()
        .contains("too early");
  }

  @Test
  void a_gap_may_go_on_from_an_earlier_death() {
    SeenEvent gap = Day.seen(2, 700, "unknown", "gateway-off");
    assertThat(
            Gaps.judge(
                    List.of(Day.MACHINE),
                    List.of(absence(720, 800), DEAD),
                    List.of(Day.seen(1, 500, "occupied", "-"), gap),
                    Set.of(),
                    ALLOWANCE)
                .errors())
        .isEmpty();
  }

  @Test
  void events_with_bounded_times_are_left_out_and_counted() {
    SeenEvent event = Day.seen(1, 500, "occupied", "-");
    assertThat(
            Gaps.judge(
                List.of(Day.MACHINE),
                List.of(DEAD),
                List.of(event),
                Set.of(event.name()),
                ALLOWANCE))
        .isEqualTo(new Gaps(0, 1, List.of()));
  }

  private static Gaps judge(SeenEvent... stored) {
    return Gaps.judge(List.of(Day.MACHINE), List.of(DEAD), List.of(stored), Set.of(), ALLOWANCE);
  }

  private static Absence absence(long from, long to) {
    return new Absence(Day.GYM, Absence.Cause.DEAD, Day.at(from), Day.at(to));
  }
}
