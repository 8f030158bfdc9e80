package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlowdownsTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  private final Slowdowns slowdowns = new Slowdowns();

  @Test
  void an_unloaded_machine_takes_as_long_as_the_work() {
    assertThat(after(5, 10)).isEqualTo(at(15));
    assertThat(slowdowns.mean()).isEqualTo(1);
    assertThat(slowdowns.latest()).isEqualTo(1);
  }

  @Test
  void work_takes_longer_in_slow_intervals_and_continues_after_them() {
    slowdowns.add(at(10), at(20), 2);
    slowdowns.add(at(20), at(24), 4);
    assertThat(after(0, 5)).isEqualTo(at(5));
    assertThat(after(10, 5)).isEqualTo(at(20));
    assertThat(after(10, 6)).isEqualTo(at(24));
    assertThat(after(10, 7)).isEqualTo(at(25));
    assertThat(after(8, 4)).isEqualTo(at(14));
    assertThat(after(22, 1)).isEqualTo(at(24).plusMillis(500));
  }

  @Test
  void almost_no_work_is_done_while_the_machine_is_suspended() {
    slowdowns.add(at(0), at(60), 300);
    assertThat(after(0, 2)).isAfter(at(61)).isBefore(at(63));
  }

  @Test
  void mean_worst_and_latest_are_computed() {
    slowdowns.add(at(0), at(30), 1);
    slowdowns.add(at(30), at(40), 5);
    assertThat(slowdowns.mean()).isCloseTo(2, within(1e-9));
    assertThat(slowdowns.worst()).isEqualTo(5);
    assertThat(slowdowns.latest()).isEqualTo(5);
  }

  @Test
  void nothing_is_faster_than_unloaded() {
    assertThatThrownBy(() -> slowdowns.add(at(0), at(1), 0.5)).hasMessageContaining("factor of 1");
  }

  private Instant after(long second, long work) {
    return slowdowns.after(at(second), Duration.ofSeconds(work));
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
