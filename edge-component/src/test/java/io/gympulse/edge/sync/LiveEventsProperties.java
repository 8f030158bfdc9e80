package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Live events do not wait for acknowledgements that the cloud holds on purpose or that never come,
/// until a retry is due.
class LiveEventsProperties {
  private static final SyncSettings SETTINGS =
      new SyncSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15), 100, 524_288);
  private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();
  private static final long NEVER = Duration.ofDays(1).toNanos();

  @Property(tries = 10)
  void with_acks_held_for_ten_seconds_fifty_changes_a_second_wait_no_longer_than_the_linger_time(
      @ForAll long seed) {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, TEN_SECONDS);
    changes(gym, new Random(seed), 60_000, 50);
    gym.pass(20);
    assertThat(gym.firstSends()).isEqualTo(gym.recorded());
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
    assertThat(gym.resent()).isZero();
  }

  @Property(tries = 10)
  void at_any_rate_a_change_waits_no_longer_than_the_linger_time_however_long_acks_are_missing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int perSecond) {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, NEVER);
    changes(gym, new Random(seed), 29_000, perSecond);
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
  }

  @Example
  void two_hundred_changes_at_once_are_sent_at_once_after_a_minute_of_unacknowledged_ones() {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, TEN_SECONDS);
    changes(gym, new Random(1), 60_000, 50);
    gym.append(200);
    gym.pass(20);
    assertThat(gym.firstSends()).isEqualTo(gym.recorded());
    assertThat(gym.longestWait()).isLessThanOrEqualTo(SyncSettings.LINGER_NANOS);
  }

  @Example
  void many_unacknowledged_batches_take_few_entries() {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, NEVER);
    changes(gym, new Random(1), 29_000, 50);
    assertThat(gym.batches()).isGreaterThan(800);
    assertThat(gym.pending().inFlight()).hasSizeLessThanOrEqualTo(31);
  }

  @Example
  void an_hour_without_an_acknowledgement_leaves_few_retries() {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, NEVER);
    changes(gym, new Random(1), 3_600_000, 5);
    assertThat(gym.mostRuns()).isLessThan(100);
  }

  @Example
  void nothing_is_sent_again_within_thirty_seconds() {
    CoalescedAcks gym = new CoalescedAcks(SETTINGS, Duration.ofSeconds(29).toNanos());
    changes(gym, new Random(1), 120_000, 50);
    assertThat(gym.resent()).isZero();
  }

  /// Appends changes at random intervals from zero to twice the mean.
  private static void changes(CoalescedAcks gym, Random random, int millis, int perSecond) {
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
