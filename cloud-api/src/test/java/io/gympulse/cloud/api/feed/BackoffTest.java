package io.gympulse.cloud.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  @Test
  void waits_double_up_to_the_cap() {
    assertThat(backoff.after(1, 0.999999)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(2, 0.999999)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(6, 0.999999)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(1_000_000, 0.999999)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void chance_takes_away_at_most_half() {
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
  }
}
