package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessClockTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void a_scaled_clock_runs_rate_times_as_fast_from_its_epoch() {
    ProcessClock clock = ProcessClock.scaled(NOW, 60, InstantSource.fixed(NOW.plusSeconds(10)));
    assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(600));
    assertThat(clock.toReal(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void an_argument_makes_a_clock_show_a_given_time_now() {
    Instant shown = Instant.parse("2026-06-01T17:00:00Z");
    String[] parts = ProcessClock.argument(NOW, shown, 30).split(",", -1);
    ProcessClock clock =
        ProcessClock.scaled(
            Instant.ofEpochMilli(Long.parseLong(parts[0])),
            Double.parseDouble(parts[1]),
            InstantSource.fixed(NOW));
    assertThat(Duration.between(shown, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void a_positive_wait_is_at_least_a_millisecond() {
    ProcessClock clock = ProcessClock.scaled(NOW, 10_000, InstantSource.fixed(NOW));
    assertThat(clock.toReal(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    assertThat(clock.toReal(Duration.ZERO)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "noon,2", "0,0", "0,-1", "0,NaN", "0,1e9", "0,1,2"})
  void an_argument_of_another_form_is_refused(String argument) {
    assertThatThrownBy(() -> ProcessClock.parse(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clock");
  }
}
