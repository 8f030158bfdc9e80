package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertDeadlineTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  private Instant now = START;
  private final Disturbances disturbances = new Disturbances(() -> now);
  private final Slowdowns slowdowns = new Slowdowns();
  private final AlertDeadline deadline =
      new AlertDeadline(
          at(100),
          ProcessClock.real(),
          Map.of("bike-1", "downtown"),
          Map.of("bike-1", Duration.ofSeconds(30)),
          disturbances,
          slowdowns);

  @Test
  void a_period_counts_if_it_began_when_all_alerts_existed_and_lasted_long_enough() {
    assertThat(deadline.hadToBeNoticed(period(101, 143))).isTrue();
    assertThat(deadline.hadToBeNoticed(period(100, 143))).isFalse();
    assertThat(deadline.hadToBeNoticed(period(101, 142))).isFalse();
  }

  @Test
  void a_slowed_machine_has_more_time_and_it_shows_what_that_excused() {
    slowdowns.add(at(0), at(1_000), 3);
    assertThat(deadline.hadToBeNoticed(period(101, 143))).isFalse();
    assertThat(deadline.hadToBeNoticed(period(101, 167))).isTrue();
    assertThat(deadline.unstretched().hadToBeNoticed(period(101, 143))).isTrue();
  }

  @Test
  void what_begins_in_a_disturbance_does_not_count_and_a_slow_machine_needs_a_longer_calm() {
    disturb(140, 150);
    assertThat(deadline.hadToBeNoticed(period(145, 500))).isFalse();
    assertThat(deadline.hadToBeNoticed(period(101, 161))).isFalse();
    assertThat(deadline.hadToBeNoticed(period(101, 162))).isTrue();
    slowdowns.add(at(0), at(1_000), 3);
    assertThat(deadline.hadToBeNoticed(period(101, 185))).isFalse();
    assertThat(deadline.hadToBeNoticed(period(101, 186))).isTrue();
  }

  private void disturb(long from, long to) {
    now = at(from);
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.of("downtown"));
    now = at(to);
    disturbances.end(disturbance);
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike-1", at(from), at(to));
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
