package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The present does not wait for answers that the cloud holds on purpose, nor for answers that do
/// not come, until what they are about is due to be repeated.
class LivePresentProperties {
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);
  private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();
  private static final long NEVER = Duration.ofDays(1).toNanos();

  @Property(tries = 10)
  void with_answers_held_for_ten_seconds_fifty_changes_a_second_wait_for_no_more_than_the_linger(
      @ForAll long seed) {
    HeldAnswers gym = new HeldAnswers(SETTINGS, TEN_SECONDS);
    changes(gym, new Random(seed), 60_000, 50);
    gym.pass(20);
    assertThat(gym.firstSends()).isEqualTo(gym.recorded());
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
    assertThat(gym.repeats()).isZero();
  }

  @Property(tries = 10)
  void at_any_rate_a_change_waits_for_no_more_than_the_linger_however_long_answers_are_missing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int perSecond) {
    HeldAnswers gym = new HeldAnswers(SETTINGS, NEVER);
    changes(gym, new Random(seed), 29_000, perSecond);
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
  }

  @Example
  void two_hundred_changes_at_once_leave_at_once_behind_a_minute_of_unanswered_ones() {
    HeldAnswers gym = new HeldAnswers(SETTINGS, TEN_SECONDS);
    changes(gym, new Random(1), 60_000, 50);
    gym.append(200);
    gym.pass(20);
    assertThat(gym.firstSends()).isEqualTo(gym.recorded());
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
  }

  @Example
  void few_runs_stand_for_many_unanswered_batches() {
    HeldAnswers gym = new HeldAnswers(SETTINGS, NEVER);
    changes(gym, new Random(1), 29_000, 50);
    assertThat(gym.batches()).isGreaterThan(800);
    assertThat(gym.deliveries().inFlight()).hasSizeLessThanOrEqualTo(31);
  }

  @Example
  void an_hour_without_an_answer_leaves_few_runs_to_be_repeated() {
    HeldAnswers gym = new HeldAnswers(SETTINGS, NEVER);
    changes(gym, new Random(1), 3_600_000, 5);
    assertThat(gym.mostRuns()).isLessThan(100);
  }

  @Example
  void nothing_is_repeated_before_it_has_waited_for_thirty_seconds() {
    HeldAnswers gym = new HeldAnswers(SETTINGS, Duration.ofSeconds(29).toNanos());
    changes(gym, new Random(1), 120_000, 50);
    assertThat(gym.repeats()).isZero();
  }

  /// One change after another, at gaps between none and twice the mean.
  private static void changes(HeldAnswers gym, Random random, int millis, int perSecond) {
    int mostMicros = 2_000_000 / perSecond;
    long at = 0;
    while (at < millis * 1_000L) {
      long before = at / 1_000;
      at += random.nextInt(mostMicros + 1);
      gym.pass(at / 1_000 - before);
      gym.append(1);
    }
  }
}
