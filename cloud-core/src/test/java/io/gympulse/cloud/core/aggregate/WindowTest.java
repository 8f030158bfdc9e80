package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void a_moment_falls_into_the_quarter_of_an_hour_that_began_last() {
    assertThat(Window.of(NOON).start()).isEqualTo(NOON);
    assertThat(Window.of(NOON.plusMillis(899_999)).start()).isEqualTo(NOON);
    assertThat(Window.of(NOON.minusMillis(1)).next()).isEqualTo(Window.of(NOON));
    assertThat(Window.of(Instant.ofEpochMilli(-1)).end()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void a_window_begins_at_a_quarter_of_an_hour() {
    assertThatThrownBy(() -> new Window(NOON.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
