package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.process.Backoff.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Test
  void delays_double_up_to_the_longest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, Jitter.NONE);
    for (double random : new double[] {0, 0.3, 1}) {
      assertThat(backoff.delay(0, random)).isEqualTo(FIRST);
      assertThat(backoff.delay(1, random)).isEqualTo(Duration.ofMillis(400));
      assertThat(backoff.delay(4, random)).isEqualTo(Duration.ofMillis(3_200));
      assertThat(backoff.delay(5, random)).isEqualTo(LONGEST);
      assertThat(backoff.delay(Integer.MAX_VALUE, random)).isEqualTo(LONGEST);
    }
  }

  @Test
  void equal_jitter_is_at_most_half_of_a_delay() {
    Backoff backoff = new Backoff(FIRST, LONGEST, Jitter.EQUAL);
    assertThat(backoff.delay(0, 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.delay(0, 0.5)).isEqualTo(Duration.ofMillis(150));
    assertThat(backoff.delay(0, 1)).isEqualTo(FIRST);
    assertThat(backoff.delay(9, 0)).isEqualTo(LONGEST.dividedBy(2));
    assertThat(backoff.delay(9, 1)).isEqualTo(LONGEST);
  }

  @Test
  void added_jitter_shortens_no_delay() {
    Backoff backoff = new Backoff(FIRST, LONGEST, Jitter.ADDED);
    assertThat(backoff.delay(0, 0)).isEqualTo(FIRST);
    assertThat(backoff.delay(0, 1)).isEqualTo(Duration.ofMillis(250));
    assertThat(backoff.delay(9, 1)).isEqualTo(Duration.ofMillis(6_250));
  }

  @Test
  void the_first_delay_is_positive_and_not_above_the_longest() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, LONGEST, Jitter.NONE))
        .hasMessage("retry after PT0S, at longest PT5S");
    assertThatThrownBy(() -> new Backoff(LONGEST, FIRST, Jitter.NONE))
        .hasMessage("retry after PT5S, at longest PT0.2S");
  }
}
