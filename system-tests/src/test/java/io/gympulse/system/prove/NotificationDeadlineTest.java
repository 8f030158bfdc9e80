package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationDeadlineTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  private Instant now = START;
  private final Disruptions disruptions = new Disruptions(() -> now);
  private final Slowdowns slowdowns = new Slowdowns();
  private final NotificationDeadline deadline =
      new NotificationDeadline(
          at(100),
          ProcessClock.real(),
          Map.of("bike-1", "downtown"),
          Map.of("bike-1", Duration.ofSeconds(30)),
          disruptions,
          slowdowns);

  @Test
  void a_period_must_be_notified_if_it_began_after_all_alerts_existed_and_lasted_long_enough() {
    assertThat(deadline.mustNotify(period(101, 143))).isTrue();
    assertThat(deadline.mustNotify(period(100, 143))).isFalse();
    assertThat(deadline.mustNotify(period(101, 142))).isFalse();
  }

  @Test
  void a_slowed_machine_has_more_time_and_the_excused_periods_are_known() {
    slowdowns.add(at(0), at(1_000), 3);
    assertThat(deadline.mustNotify(period(101, 143))).isFalse();
    assertThat(deadline.mustNotify(period(101, 167))).isTrue();
    assertThat(deadline.withoutSlowdowns().mustNotify(period(101, 143))).isTrue();
  }

  @Test
  void a_disruption_at_the_start_excuses_and_load_requires_a_longer_undisturbed_time() {
    disrupt(140, 150);
    assertThat(deadline.mustNotify(period(145, 500))).isFalse();
    assertThat(deadline.mustNotify(period(101, 161))).isFalse();
    assertThat(deadline.mustNotify(period(101, 162))).isTrue();
    slowdowns.add(at(0), at(1_000), 3);
    assertThat(deadline.mustNotify(period(101, 185))).isFalse();
    assertThat(deadline.mustNotify(period(101, 186))).isTrue();
  }

  private void disrupt(long from, long to) {
    now = at(from);
    Disruptions.Disruption disruption = disruptions.begin(Optional.of("downtown"));
    now = at(to);
    disruptions.end(disruption);
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike-1", at(from), at(to));
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
