package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final CircuitBreakers<String> circuits = new CircuitBreakers<>();

  @Test
  void failures_in_a_row_open_it_for_longer_and_longer_up_to_a_minute() {
    fail(CircuitBreakers.THRESHOLD - 1);
    assertThat(circuits.openFor("a", NOON)).isEmpty();
    assertThat(circuits.isFailing("a")).isFalse();
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      fail(1);
      assertThat(circuits.openFor("a", NOON)).hasValue(Duration.ofSeconds(seconds));
      assertThat(circuits.openFor("a", NOON.plusSeconds(seconds))).isEmpty();
      assertThat(circuits.isFailing("a")).isTrue();
    }
    assertThat(circuits.openFor("b", NOON)).isEmpty();
  }

  @Test
  void a_success_closes_it() {
    fail(9);
    circuits.succeeded("a");
    assertThat(circuits.openFor("a", NOON)).isEmpty();
    assertThat(circuits.isFailing("a")).isFalse();
    assertThat(circuits.isProven("a")).isTrue();
  }

  @Test
  void a_clock_that_is_set_back_keeps_no_circuit_open() {
    fail(9);
    assertThat(circuits.openFor("a", NOON.minusSeconds(3_600))).isEmpty();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuits.failed("a", NOON);
    }
  }
}
