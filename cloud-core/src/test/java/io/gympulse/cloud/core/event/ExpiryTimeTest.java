package io.gympulse.cloud.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExpiryTimeTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Optional<Instant> NO_CONTACT = Optional.empty();

  private final ExpiryTime noon = new ExpiryTime(NOON);

  @Test
  void it_follows_a_wall_clock_that_agrees_with_the_monotonic_clock() {
    ExpiryTime later = noon.after(SECOND, NOON.plus(SECOND), NO_CONTACT);
    assertThat(later.known()).isEqualTo(NOON.plus(SECOND));
    assertThat(later.at(NOON.plus(SECOND))).isEqualTo(NOON.plus(SECOND));
    assertThat(later.behind(NOON.plus(SECOND))).isZero();
  }

  @Test
  void a_wall_clock_that_jumps_is_not_followed_however_long_it_stays_there() {
    ExpiryTime time = noon;
    for (int second = 1; second <= 75; second++) {
      Instant wall = NOON.plus(Duration.ofDays(400)).plusSeconds(second);
      time = time.after(SECOND, wall, Optional.of(NOON));
      assertThat(time.at(wall)).isBeforeOrEqualTo(NOON.plusSeconds(second + 3_600));
      assertThat(time.behind(wall)).isGreaterThan(Duration.ofDays(399));
    }
    Instant right = NOON.plusSeconds(76);
    assertThat(time.after(SECOND, right, NO_CONTACT).at(right)).isEqualTo(right);
  }

  @Test
  void a_gateway_confirms_the_wall_clock_within_a_week() {
    Instant days = NOON.plus(Duration.ofDays(6));
    assertThat(noon.after(SECOND, days, Optional.of(days)).at(days)).isEqualTo(days);
    Instant weeks = NOON.plus(Duration.ofDays(8));
    assertThat(noon.after(SECOND, weeks, Optional.of(weeks)).at(weeks))
        .isEqualTo(NOON.plus(SECOND).plus(ExpiryTime.TOLERANCE));
  }

  @Test
  void a_gateway_alone_is_not_trusted() {
    Instant ahead = NOON.plus(Duration.ofDays(2));
    assertThat(noon.after(SECOND, NOON.plus(SECOND), Optional.of(ahead)).known())
        .isEqualTo(NOON.plus(SECOND));
  }

  @Test
  void a_clock_that_is_behind_is_followed_and_the_confirmed_time_is_kept() {
    Instant unset = Instant.EPOCH;
    ExpiryTime time = noon.after(SECOND, unset, NO_CONTACT);
    assertThat(time.at(unset)).isEqualTo(unset);
    assertThat(time.known()).isEqualTo(NOON);
    assertThat(time.after(SECOND, NOON.plusSeconds(60), NO_CONTACT).behind(NOON.plusSeconds(60)))
        .isZero();
  }

  @Test
  void a_time_that_ran_ahead_comes_back_once_a_gateway_and_the_wall_clock_agree() {
    ExpiryTime ahead = new ExpiryTime(NOON.plus(Duration.ofDays(365)));
    Instant lately = NOON.minusSeconds(60);
    assertThat(ahead.after(SECOND, NOON, NO_CONTACT)).isEqualTo(ahead);
    assertThat(ahead.after(SECOND, NOON, Optional.of(NOON.minusSeconds(3_600)))).isEqualTo(ahead);
    assertThat(ahead.after(SECOND, NOON, Optional.of(lately))).isEqualTo(noon);
  }

  /// Whatever the wall clock shows, without contact to a gateway nothing expires earlier than it
  /// should by more than the tolerance.
  @Property
  void it_never_runs_ahead_of_the_time_that_passed_by_more_than_the_tolerance(
      @ForAll @Size(min = 1, max = 30)
          List<@IntRange(min = -100_000_000, max = 100_000_000) Integer> wrong,
      @ForAll @IntRange(min = 0, max = 100_000) int step) {
    ExpiryTime time = noon;
    Instant truth = NOON;
    for (int seconds : wrong) {
      truth = truth.plusSeconds(step);
      Instant wall = truth.plusSeconds(seconds);
      time = time.after(Duration.ofSeconds(step), wall, NO_CONTACT);
      assertThat(time.known()).isBeforeOrEqualTo(truth);
      assertThat(time.at(wall)).isBeforeOrEqualTo(truth.plus(ExpiryTime.TOLERANCE));
      assertThat(time.at(wall)).isBeforeOrEqualTo(wall);
    }
  }
}
