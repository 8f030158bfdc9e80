package io.gympulse.cloud.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  @Test
  void delays_double_up_to_the_maximum() {
    assertThat(backoff.delay(1, 0.999999)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.delay(2, 0.999999)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.delay(6, 0.999999)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.delay(1_000_000, 0.999999)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void jitter_is_at_most_half_of_a_delay() {
    assertThat(backoff.delay(1, 0)).isEqualTo(Duration.ofMillis(100));
  }
}
