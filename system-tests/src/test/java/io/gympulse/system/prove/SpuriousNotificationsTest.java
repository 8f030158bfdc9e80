package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpuriousNotificationsTest {

  @Test
  void a_period_ended_by_a_kill_of_its_gateway_as_it_began_is_explained() {
    assertThat(
            explain(
                notification(200),
                GymDayFixture.observed(1, 100, "occupied", "-"),
                GymDayFixture.observed(2, 200, "free", "-"),
                GymDayFixture.observed(3, 200, "unknown", "gateway-off")))
        .isEqualTo(new SpuriousNotifications(1, 0, List.of()));
  }

  @Test
  void a_period_reported_by_a_snapshot_before_the_events_arrived_is_explained() {
    assertThat(
            explain(
                notification(201),
                GymDayFixture.observed(1, 100, "free", "-"),
                GymDayFixture.observed(2, 150, "unknown", "gateway-off"),
                GymDayFixture.observed(3, 200, "free", "-")))
        .isEqualTo(new SpuriousNotifications(0, 1, List.of()));
  }

  @Test
  void a_period_that_never_began_is_invented() {
    WebhookReceiver.Notification notification = notification(300);
    assertThat(
            explain(
                notification,
                GymDayFixture.observed(1, 200, "free", "-"),
                GymDayFixture.observed(2, 300, "occupied", "-")))
        .isEqualTo(new SpuriousNotifications(0, 0, List.of(notification)));
  }

  private static SpuriousNotifications explain(
      WebhookReceiver.Notification notification, ObservedEvent... stored) {
    return SpuriousNotifications.explain(
        List.of(notification), List.of(stored), GymDayFixture.TOLERANCE);
  }

  private static WebhookReceiver.Notification notification(long since) {
    return new WebhookReceiver.Notification(
        "delivery", GymDayFixture.MACHINE, GymDayFixture.at(since), GymDayFixture.at(since + 5));
  }
}
