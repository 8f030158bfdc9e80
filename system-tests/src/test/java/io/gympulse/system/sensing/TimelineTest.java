package io.gympulse.system.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void a_late_change_is_wrong_for_as_long_as_it_was_late() {
    Timeline truth = timeline("free", 0, "occupied", 100, "free", 200);
    Timeline seen = timeline("free", 0, "occupied", 110, "free", 200);
    Timeline.Comparison comparison = seen.compare(truth, START, at(300));
    assertThat(comparison.wrong()).isEqualTo(Duration.ofSeconds(10));
    assertThat(comparison.total()).isEqualTo(Duration.ofMinutes(5));
    assertThat(comparison.wrongSecondsPerHour()).isEqualTo(120.0);
  }

  @Test
  void a_free_machine_that_is_seen_as_occupied_is_counted_apart() {
    Timeline truth = timeline("free", 0, "occupied", 100, "free", 200);
    Timeline seen = timeline("free", 0, "occupied", 110, "free", 230);
    Timeline.Comparison comparison = seen.compare(truth, START, at(300));
    assertThat(comparison.wrong()).isEqualTo(Duration.ofSeconds(40));
    assertThat(comparison.occupied()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void unknown_time_is_not_wrong() {
    Timeline truth = timeline("free", 0, "occupied", 100);
    Timeline seen = timeline("free", 0, "unknown", 90);
    Timeline.Comparison comparison = seen.compare(truth, START, at(200));
    assertThat(comparison.wrong()).isZero();
    assertThat(comparison.unknown()).isEqualTo(Duration.ofSeconds(110));
    assertThat(comparison.unknownSecondsPerHour()).isEqualTo(1_980.0);
  }

  @Test
  void more_unknown_time_does_not_lower_the_rate_of_wrong_time() {
    Timeline truth = timeline("free", 0, "occupied", 100);
    Timeline seen = timeline("free", 0, "occupied", 110);
    Timeline less = timeline("unknown", 0, "free", 50, "occupied", 110);
    assertThat(less.compare(truth, START, at(200)).wrongSecondsPerHour())
        .isGreaterThan(seen.compare(truth, START, at(200)).wrongSecondsPerHour());
  }

  @Test
  void before_its_first_change_the_status_is_unknown() {
    Timeline truth = timeline("free", 0);
    Timeline.Comparison comparison = new Timeline().compare(truth, START, at(60));
    assertThat(comparison.unknown()).isEqualTo(Duration.ofSeconds(60));
  }

  private static Timeline timeline(Object... changes) {
    Timeline timeline = new Timeline();
    for (int i = 0; i < changes.length; i += 2) {
      timeline.change(at((Integer) changes[i + 1]), (String) changes[i]);
    }
    return timeline;
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }
}
