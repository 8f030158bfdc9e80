package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTermsTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  @Test
  void once_allows_one_notification_and_not_a_second() {
    List<FreePeriod> periods = List.of(period(0, 50), period(100, 150));
    SubscriptionTerms.Once once = new SubscriptionTerms.Once();
    assertThat(once.check(periods, undisturbed(), List.of()).missed())
        .containsExactly(period(0, 50));
    assertThat(once.check(periods, undisturbed(), List.of(notification("b", 100, 101))))
        .matches(SubscriptionTermsTest::isClean);
    List<WebhookReceiver.Notification> both =
        List.of(notification("a", 0, 1), notification("b", 100, 101));
    assertThat(once.check(periods, undisturbed(), both).doubled()).isEqualTo(1);
    assertThat(once.check(periods, killedAt(1), both).doubled()).isZero();
  }

  @Test
  void a_cooldown_suppresses_and_forbids_notifications() {
    SubscriptionTerms.WithCooldown cooldown =
        new SubscriptionTerms.WithCooldown(Duration.ofSeconds(60));
    List<FreePeriod> periods = List.of(period(0, 20), period(40, 70), period(100, 150));
    assertThat(cooldown.check(periods, undisturbed(), List.of(notification("a", 0, 5))).missed())
        .containsExactly(period(100, 150));
    assertThat(
            cooldown.check(
                periods,
                undisturbed(),
                List.of(notification("a", 0, 5), notification("c", 100, 101))))
        .matches(SubscriptionTermsTest::isClean);
    List<WebhookReceiver.Notification> tooSoon =
        List.of(notification("a", 0, 5), notification("b", 40, 41), notification("c", 100, 101));
    assertThat(cooldown.check(periods, undisturbed(), tooSoon).doubled()).isEqualTo(1);
  }

  @Test
  void quiet_hours_delay_notifications_of_machines_that_stay_free_to_their_end() {
    SubscriptionTerms.WithQuietHours quiet =
        new SubscriptionTerms.WithQuietHours(at(100), at(200), ZoneId.of("UTC"));
    FreePeriod before = period(0, 90);
    FreePeriod within = period(110, 190);
    FreePeriod beyond = period(120, 260);
    List<FreePeriod> periods = List.of(before, within, beyond);
    assertThat(quiet.check(periods, undisturbed(), List.of()).missed())
        .containsExactly(before, beyond);
    List<WebhookReceiver.Notification> kept =
        List.of(notification("a", 0, 1), notification("c", 120, 201));
    assertThat(quiet.check(periods, undisturbed(), kept)).matches(SubscriptionTermsTest::isClean);
    List<WebhookReceiver.Notification> early =
        List.of(notification("a", 0, 1), notification("c", 120, 121));
    assertThat(quiet.check(periods, undisturbed(), early).doubled()).isEqualTo(1);
  }

  @Test
  void quiet_hours_are_given_in_their_zone() {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    new SubscriptionTerms.WithQuietHours(START, START.plusSeconds(1800), ZoneId.of("Asia/Kolkata"))
        .writeTo(alert);
    assertThat(alert.path("quiet_hours").path("start").asText()).isEqualTo("21:30");
    assertThat(alert.path("quiet_hours").path("end").asText()).isEqualTo("22:00");
    assertThat(alert.path("zone").asText()).isEqualTo("Asia/Kolkata");
  }

  private static boolean isClean(NotificationCheck check) {
    return check.missed().isEmpty() && check.doubled() == 0;
  }

  private static SubscriptionTerms.Expectation undisturbed() {
    return killedAt(-1);
  }

  /// Everything ran, except that the cloud was killed at one second.
  private static SubscriptionTerms.Expectation killedAt(long second) {
    return new SubscriptionTerms.Expectation() {
      @Override
      public boolean mustNotify(FreePeriod period) {
        return true;
      }

      @Override
      public boolean hadTimeToNotify(FreePeriod period) {
        return true;
      }

      @Override
      public boolean isRecorded(WebhookReceiver.Notification notification) {
        return !notification.receivedAt().equals(at(second));
      }
    };
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike", at(from), at(to));
  }

  private static WebhookReceiver.Notification notification(String delivery, long since, long at) {
    return new WebhookReceiver.Notification(delivery, "bike", at(since), at(at));
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
