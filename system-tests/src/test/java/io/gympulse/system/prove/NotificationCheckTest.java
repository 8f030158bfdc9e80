package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NotificationCheckTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final UUID OUTBOX = UUID.randomUUID();

  private Instant now = START;
  private final Disruptions disruptions = new Disruptions(() -> now);

  @Test
  void free_periods_begin_after_use_and_end_with_the_next_event() {
    List<ObservedEvent> events =
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
  void a_free_period_that_had_to_be_notified_and_was_not_is_missed() {
    List<FreePeriod> periods = List.of(period(0, 10), period(20, 30));
    NotificationCheck check =
        NotificationCheck.perPeriod(periods, _ -> true, List.of(notification("a", 20)));
    assertThat(check).isEqualTo(new NotificationCheck(2, 1, List.of(period(0, 10)), 0, Set.of()));
    assertThat(NotificationCheck.perPeriod(periods, _ -> false, List.of()))
        .isEqualTo(NotificationCheck.NONE);
  }

  @Test
  void a_repeated_delivery_counts_once_and_two_deliveries_are_doubled() {
    List<FreePeriod> periods = List.of(period(0, 10));
    assertThat(
            NotificationCheck.perPeriod(
                    periods, _ -> true, List.of(notification("a", 0), notification("a", 0)))
                .doubled())
        .isZero();
    assertThat(
            NotificationCheck.perPeriod(
                    periods, _ -> true, List.of(notification("a", 0), notification("b", 3)))
                .doubled())
        .isEqualTo(1);
  }

  @Test
  void a_notification_of_a_period_that_is_not_stored_is_spurious() {
    assertThat(
            NotificationCheck.perPeriod(
                List.of(period(0, 10)), _ -> true, List.of(notification("a", 10))))
        .isEqualTo(
            new NotificationCheck(1, 0, List.of(period(0, 10)), 0, Set.of(notification("a", 10))));
  }

  @Test
  void an_undisturbed_period_lies_between_disruptions_of_the_gym_or_of_all() {
    disrupt(Optional.of("one"), 10, 20);
    disrupt(Optional.empty(), 25, 40);
    assertThat(undisturbed(10, "one", 0, 50)).isTrue();
    assertThat(undisturbed(11, "one", 0, 50)).isFalse();
    assertThat(undisturbed(11, "two", 0, 50)).isTrue();
    assertThat(undisturbed(5, "one", 12, 25)).isTrue();
    assertThat(undisturbed(6, "one", 12, 25)).isFalse();
    now = at(60);
    disruptions.begin(Optional.empty());
    assertThat(undisturbed(1, "one", 60, 999)).isFalse();
  }

  private void disrupt(Optional<String> gym, long from, long to) {
    now = at(from);
    Disruptions.Disruption begun = disruptions.begin(gym);
    now = at(to);
    disruptions.end(begun);
  }

  private boolean undisturbed(long seconds, String gym, long from, long to) {
    return disruptions.undisturbedFor(Duration.ofSeconds(seconds), gym, at(from), at(to));
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike", at(from), at(to));
  }

  private static WebhookReceiver.Notification notification(String delivery, long since) {
    return new WebhookReceiver.Notification(delivery, "bike", at(since), at(since + 1));
  }

  private static ObservedEvent event(long seq, String status, long second) {
    return new ObservedEvent(
        new ObservedEvent.Id(OUTBOX, seq),
        Optional.of(at(second)),
        "bike",
        status,
        ObservedEvent.NO_REASON);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
