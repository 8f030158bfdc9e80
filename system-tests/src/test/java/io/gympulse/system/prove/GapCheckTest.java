package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GapCheckTest {
  private static final GapCheck.Tolerance TOLERANCE =
      new GapCheck.Tolerance(Duration.ofSeconds(1), Duration.ofSeconds(30), new Slowdowns());
  private static final Downtime PROCESS_DOWN = downtime(1_000, 1_060);

  @Test
  void unknown_from_the_last_alive_mark_until_the_process_runs_again_is_right() {
    GapCheck check =
        check(
            GymDayFixture.observed(1, 500, "occupied", "-"),
            GymDayFixture.observed(2, 960, "unknown", "gateway-off"),
            GymDayFixture.observed(3, 1_061, "free", "-"));
    assertThat(check).isEqualTo(new GapCheck(1, 0, List.of()));
  }

  @Test
  void a_machine_that_keeps_its_status_while_the_process_is_down_is_an_error() {
    assertThat(
            check(
                    GymDayFixture.observed(1, 500, "occupied", "-"),
                    GymDayFixture.observed(2, 1_061, "free", "-"))
                .errors())
        .singleElement()
        .asString()
        .contains("has no gap");
  }

  @Test
  void a_gap_marked_free_is_an_error() {
    assertThat(
            check(
                    GymDayFixture.observed(1, 500, "occupied", "-"),
                    GymDayFixture.observed(2, 960, "free", "-"),
                    GymDayFixture.observed(3, 1_061, "free", "-"))
                .errors())
        .hasSize(1);
  }

  @Test
  void a_known_status_within_the_gap_is_an_error() {
    assertThat(
            check(
                    GymDayFixture.observed(1, 960, "unknown", "gateway-off"),
                    GymDayFixture.observed(2, 1_030, "free", "-"))
                .errors())
        .hasSize(1);
  }

  @Test
  void a_gap_that_begins_long_before_the_downtime_is_an_error() {
    assertThat(
            check(
                    GymDayFixture.observed(1, 500, "occupied", "-"),
                    GymDayFixture.observed(2, 780, "unknown", "gateway-off"),
                    GymDayFixture.observed(3, 1_061, "free", "-"))
                .errors())
        .singleElement()
        .asString()
        .contains("too early");
  }

  @Test
  void a_gap_may_continue_from_an_earlier_downtime() {
    ObservedEvent gap = GymDayFixture.observed(2, 700, "unknown", "gateway-off");
    assertThat(
            GapCheck.check(
                    List.of(GymDayFixture.MACHINE),
                    List.of(downtime(720, 800), PROCESS_DOWN),
                    List.of(GymDayFixture.observed(1, 500, "occupied", "-"), gap),
                    Set.of(),
                    TOLERANCE)
                .errors())
        .isEmpty();
  }

  @Test
  void events_with_bounded_times_are_skipped_and_counted() {
    ObservedEvent event = GymDayFixture.observed(1, 500, "occupied", "-");
    assertThat(
            GapCheck.check(
                List.of(GymDayFixture.MACHINE),
                List.of(PROCESS_DOWN),
                List.of(event),
                Set.of(event.id()),
                TOLERANCE))
        .isEqualTo(new GapCheck(0, 1, List.of()));
  }

  private static GapCheck check(ObservedEvent... stored) {
    return GapCheck.check(
        List.of(GymDayFixture.MACHINE),
        List.of(PROCESS_DOWN),
        List.of(stored),
        Set.of(),
        TOLERANCE);
  }

  private static Downtime downtime(long from, long to) {
    return new Downtime(
        GymDayFixture.GYM,
        Downtime.Cause.PROCESS_DOWN,
        GymDayFixture.at(from),
        GymDayFixture.at(to));
  }
}
