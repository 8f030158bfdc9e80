package io.gympulse.cloud.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final TokenBuckets<String> buckets = new TokenBuckets<>(3, Duration.ofSeconds(10));

  @Test
  void a_burst_of_the_capacity_then_one_per_refill() {
    take(3);
    assertThat(buckets.waitTime("a", NOON)).hasValue(Duration.ofSeconds(10));
    assertThat(buckets.waitTime("a", NOON.plusSeconds(4))).hasValue(Duration.ofSeconds(6));
    assertThat(buckets.waitTime("a", NOON.plusSeconds(10))).isEmpty();
    assertThat(buckets.waitTime("b", NOON)).isEmpty();
  }

  @Test
  void a_bucket_never_holds_more_than_its_capacity() {
    take(3);
    Instant later = NOON.plusSeconds(3_600);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.waitTime("a", later)).isEmpty();
      buckets.take("a", later);
    }
    assertThat(buckets.waitTime("a", later)).isPresent();
  }

  @Test
  void after_the_clock_was_set_back_the_wait_is_at_most_one_refill() {
    take(3);
    assertThat(buckets.waitTime("a", NOON.minusSeconds(3_600))).hasValue(Duration.ofSeconds(10));
  }

  private void take(int times) {
    for (int i = 0; i < times; i++) {
      buckets.take("a", NOON);
    }
  }
}
