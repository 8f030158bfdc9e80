package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AlertingTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final UUID OUTBOX = UUID.randomUUID();

  private Instant now = START;
  private final Disturbances disturbances = new Disturbances(() -> now);

  @Test
  void free_periods_begin_after_use_and_end_with_what_comes_next() {
    List<SeenEvent> events =
        List.of(
            event(1, "free", 0),
            event(2, "occupied", 10),
            event(3, "unknown", 20),
            event(4, "free", 30),
            event(5, "unknown", 40),
            event(6, "free", 50),
            event(7, "occupied", 60),
            event(8, "free", 70));
    assertThat(FreePeriod.among(events, at(99))).containsExactly(period(30, 40), period(70, 99));
  }

  @Test
  void a_free_period_that_had_to_be_told_and_was_not_is_missed() {
    List<FreePeriod> periods = List.of(period(0, 10), period(20, 30));
    Alerting alerting = Alerting.judge(periods, _ -> true, List.of(telling("a", 20)));
    assertThat(alerting).isEqualTo(new Alerting(2, 1, List.of(period(0, 10)), 0, Set.of()));
    assertThat(alerting.whole()).isFalse();
    assertThat(Alerting.judge(periods, _ -> false, List.of()).whole()).isTrue();
  }

  @Test
  void the_same_delivery_twice_is_one_and_two_deliveries_are_a_double() {
    List<FreePeriod> periods = List.of(period(0, 10));
    assertThat(
            Alerting.judge(periods, _ -> true, List.of(telling("a", 0), telling("a", 0))).doubled())
        .isZero();
    assertThat(
            Alerting.judge(periods, _ -> true, List.of(telling("a", 0), telling("b", 3))).doubled())
        .isEqualTo(1);
  }

  @Test
  void a_telling_of_what_is_not_stored_is_baseless() {
    assertThat(Alerting.judge(List.of(period(0, 10)), _ -> true, List.of(telling("a", 10))))
        .isEqualTo(new Alerting(1, 0, List.of(period(0, 10)), 0, Set.of(telling("a", 10))));
  }

  @Test
  void a_calm_stretch_lies_between_disturbances_of_the_gym_or_of_all() {
    disturb(Optional.of("one"), 10, 20);
    disturb(Optional.empty(), 25, 40);
    assertThat(calm(10, "one", 0, 50)).isTrue();
    assertThat(calm(11, "one", 0, 50)).isFalse();
    assertThat(calm(11, "two", 0, 50)).isTrue();
    assertThat(calm(5, "one", 12, 25)).isTrue();
    assertThat(calm(6, "one", 12, 25)).isFalse();
    now = at(60);
    disturbances.begin(Optional.empty());
    assertThat(calm(1, "one", 60, 999)).isFalse();
  }

  private void disturb(Optional<String> gym, long from, long to) {
    now = at(from);
    Disturbances.Disturbance begun = disturbances.begin(gym);
    now = at(to);
    disturbances.end(begun);
  }

  private boolean calm(long seconds, String gym, long from, long to) {
    return disturbances.calmFor(Duration.ofSeconds(seconds), gym, at(from), at(to));
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike", at(from), at(to));
  }

  private static Telling telling(String delivery, long since) {
    return new Telling(delivery, "bike", at(since), at(since + 1));
  }

  private static SeenEvent event(long seq, String status, long second) {
    return new SeenEvent(
        new EventName(OUTBOX, seq), Optional.of(at(second)), "bike", status, SeenEvent.NO_REASON);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
