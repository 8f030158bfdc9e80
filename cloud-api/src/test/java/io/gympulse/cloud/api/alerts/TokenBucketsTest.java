package io.gympulse.cloud.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final TokenBuckets<String> buckets = new TokenBuckets<>(3, Duration.ofSeconds(10));

  @Test
  void so_many_at_once_then_one_per_refill() {
    take(3);
    assertThat(buckets.untilRoom("a", NOON)).hasValue(Duration.ofSeconds(10));
    assertThat(buckets.untilRoom("a", NOON.plusSeconds(4))).hasValue(Duration.ofSeconds(6));
    assertThat(buckets.untilRoom("a", NOON.plusSeconds(10))).isEmpty();
    assertThat(buckets.untilRoom("b", NOON)).isEmpty();
  }

  @Test
  void a_bucket_never_holds_more_than_its_capacity() {
    take(3);
    Instant later = NOON.plusSeconds(3_600);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.untilRoom("a", later)).isEmpty();
      buckets.take("a", later);
    }
    assertThat(buckets.untilRoom("a", later)).isPresent();
  }

  @Test
  void a_clock_that_was_put_back_makes_nobody_wait_longer_than_for_one_refill() {
    take(3);
    assertThat(buckets.untilRoom("a", NOON.minusSeconds(3_600))).hasValue(Duration.ofSeconds(10));
  }

  private void take(int times) {
    for (int i = 0; i < times; i++) {
      buckets.take("a", NOON);
    }
  }
}
