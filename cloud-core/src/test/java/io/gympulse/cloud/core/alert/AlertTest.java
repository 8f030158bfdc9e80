package io.gympulse.cloud.core.alert;

import static io.gympulse.cloud.core.alert.SampleAlerts.HOOK;
import static io.gympulse.cloud.core.alert.SampleAlerts.NOON;
import static io.gympulse.cloud.core.alert.SampleAlerts.ONCE;
import static io.gympulse.cloud.core.alert.SampleAlerts.PAGE;
import static io.gympulse.cloud.core.alert.SampleAlerts.alert;
import static io.gympulse.cloud.core.alert.SampleAlerts.freed;
import static io.gympulse.cloud.core.alert.SampleAlerts.occupied;
import static io.gympulse.cloud.core.alert.SampleAlerts.state;
import static io.gympulse.cloud.core.alert.SampleAlerts.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.notification.Deliveries.DeliveryRecord;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.contract.event.MachineStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTest {
  private static final Instant FREE_AT = NOON.plusSeconds(600);
  private static final Instant FIRED_AT = FREE_AT.plusSeconds(1);
  private static final AlertTerms AGAIN = terms(new Repetition.Again(Duration.ofMinutes(10)));

  /// Quiet from 14:00 to 15:00 in Berlin: from noon to one in UTC.
  private static final AlertTerms QUIET =
      new AlertTerms(
          Optional.of(
              new QuietHours(LocalTime.of(14, 0), LocalTime.of(15, 0), ZoneId.of("Europe/Berlin"))),
          Optional.empty(),
          List.of(PAGE),
          new Repetition.Once());

  private static final Instant QUIET_END = NOON.plusSeconds(3600);

  @Test
  void a_machine_freed_after_use_is_notified_by_every_channel_at_once() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    assertThat(step.send()).extracting(PendingDelivery::channel).containsExactly(PAGE, HOOK);
    assertThat(step.send()).extracting(PendingDelivery::id).doesNotHaveDuplicates();
    assertThat(step.next().status()).isEqualTo(AlertStatus.FIRED);
    assertThat(step.next().lastFired()).hasValue(FREE_AT);
    assertThat(step.next().deliveries().pending())
        .allMatch(
            it ->
                it.attempts() == 1 && it.nextTryAt().equals(FIRED_AT.plus(PendingDelivery.LEASE)));
  }

  @Test
  void the_same_free_period_fires_once() {
    Alert fired = alert(AGAIN).onFree(freed(FREE_AT), FIRED_AT).next();
    assertThat(fired.onFree(freed(FREE_AT), FIRED_AT.plusSeconds(3600)).send()).isEmpty();
    Alert other = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT).next();
    assertThat(other.onFree(freed(FREE_AT.plusSeconds(60)), FIRED_AT.plusSeconds(61)).next())
        .isSameAs(other);
  }

  @ParameterizedTest
  @EnumSource(
      value = MachineStatus.class,
      names = {"OCCUPIED", "UNKNOWN"})
  void only_free_fires(MachineStatus status) {
    Alert alert = alert(ONCE);
    assertThat(alert.onFree(state(status, FREE_AT, MachineStatus.OCCUPIED), FIRED_AT).next())
        .isSameAs(alert);
  }

  @Test
  void free_after_free_is_no_news_and_backlog_never_fires() {
    Alert alert = alert(ONCE);
    CurrentState still = state(MachineStatus.FREE, FREE_AT, MachineStatus.FREE);
    assertThat(alert.onFree(still, FIRED_AT).next()).isSameAs(alert);
    assertThat(alert.onFree(freed(FREE_AT).past(), FIRED_AT).next()).isSameAs(alert);
  }

  @Test
  void a_state_known_at_the_alert_s_creation_does_not_fire() {
    CurrentState known = freed(NOON.minusSeconds(20));
    Alert.Watch watch = new Alert.Watch(SampleAlerts.ANNA, SampleAlerts.BIKE, SampleAlerts.GYM);
    Alert alert = Alert.create(AlertId.random(), watch, ONCE, Optional.of(known), NOON);
    assertThat(alert.onFree(known, NOON.plusSeconds(1)).send()).isEmpty();
  }

  @Test
  void a_free_period_dated_back_before_the_alert_fires_if_it_was_not_known_yet() {
    assertThat(alert(ONCE).onFree(freed(NOON.minusSeconds(30)), NOON.plusSeconds(5)).send())
        .hasSize(2);
  }

  @Test
  void a_repeating_alert_ignores_free_periods_within_its_cooldown() {
    Alert fired = delivered(alert(AGAIN).onFree(freed(FREE_AT), FIRED_AT));
    assertThat(fired.status()).isEqualTo(AlertStatus.ACTIVE);
    Instant early = FIRED_AT.plusSeconds(599);
    assertThat(fired.onFree(freed(early), early).next()).isSameAs(fired);
    assertThat(fired.onFree(freed(early), early.plusSeconds(60)).next()).isSameAs(fired);
    Instant late = FIRED_AT.plusSeconds(600);
    assertThat(fired.onFree(freed(late), late).send()).hasSize(2);
  }

  @Test
  void in_quiet_hours_it_is_notified_at_their_end_if_the_machine_is_free_then() {
    DeliveryRecord.Step<Alert> step = alert(QUIET).onFree(freed(FREE_AT), FIRED_AT);
    assertThat(step.send()).isEmpty();
    assertThat(step.next().due()).hasValue(QUIET_END);
    DeliveryRecord.Step<Alert> end = step.next().onDue(QUIET_END, Optional.of(freed(FREE_AT)));
    assertThat(end.send()).extracting(PendingDelivery::since).containsExactly(FREE_AT);
    assertThat(end.next().status()).isEqualTo(AlertStatus.FIRED);
  }

  @Test
  void free_after_a_reading_was_lost_in_between_is_still_free() {
    Alert deferred = alert(QUIET).onFree(freed(FREE_AT), FIRED_AT).next();
    CurrentState again = state(MachineStatus.FREE, FREE_AT.plusSeconds(300), MachineStatus.FREE);
    assertThat(deferred.onDue(QUIET_END, Optional.of(again)).send())
        .extracting(PendingDelivery::since)
        .containsExactly(FREE_AT);
  }

  @Test
  void used_and_freed_again_in_quiet_hours_is_notified_once_with_the_later_time() {
    Instant later = FREE_AT.plusSeconds(900);
    Alert deferred = alert(QUIET).onFree(freed(FREE_AT), FIRED_AT).next();
    DeliveryRecord.Step<Alert> end = deferred.onDue(QUIET_END, Optional.of(freed(later)));
    assertThat(end.send()).extracting(PendingDelivery::since).containsExactly(later);
    assertThat(end.next().onFree(freed(later), QUIET_END.plusSeconds(1)).send()).isEmpty();
  }

  @Test
  void a_machine_not_free_at_the_end_of_quiet_hours_is_not_notified_and_the_alert_stays_active() {
    Alert deferred = alert(QUIET).onFree(freed(FREE_AT), FIRED_AT).next();
    for (Optional<CurrentState> now :
        List.of(
            Optional.of(occupied(FREE_AT.plusSeconds(60))),
            Optional.of(state(MachineStatus.UNKNOWN, FREE_AT.plusSeconds(60), MachineStatus.FREE)),
            Optional.<CurrentState>empty())) {
      DeliveryRecord.Step<Alert> end = deferred.onDue(QUIET_END, now);
      assertThat(end.send()).isEmpty();
      assertThat(end.next().status()).isEqualTo(AlertStatus.ACTIVE);
      assertThat(end.next().due()).isEmpty();
      assertThat(end.next().onFree(freed(FREE_AT), QUIET_END).send()).isEmpty();
      assertThat(end.next().onFree(freed(QUIET_END), QUIET_END).send()).hasSize(1);
    }
  }

  @Test
  void changed_quiet_hours_move_a_deferred_firing() {
    Alert deferred = alert(QUIET).onFree(freed(FREE_AT), FIRED_AT).next();
    Alert loud = deferred.withTerms(ONCE, FIRED_AT.plusSeconds(5));
    assertThat(loud.due()).hasValue(FIRED_AT.plusSeconds(5));
    assertThat(loud.onDue(FIRED_AT.plusSeconds(5), Optional.of(freed(FREE_AT))).send()).hasSize(2);
  }

  @Test
  void a_failed_delivery_is_tried_again_later_and_later_under_the_same_id() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    String hook = step.send().getLast().id();
    Alert alert = step.next().delivered(step.send().getFirst().id());
    Instant now = FIRED_AT;
    Duration before = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      alert = alert.failed(hook, now, 0.5, Duration.ZERO);
      Duration pause = Duration.between(now, alert.due().orElseThrow());
      assertThat(pause).isGreaterThan(before);
      now = alert.due().orElseThrow();
      DeliveryRecord.Step<Alert> again = alert.onDue(now, Optional.of(freed(FREE_AT)));
      assertThat(again.send()).extracting(PendingDelivery::id).containsExactly(hook);
      alert = again.next();
      before = pause;
    }
    assertThat(alert.delivered(hook).due()).isEmpty();
  }

  @Test
  void a_place_that_wants_to_be_left_alone_is_for_up_to_an_hour() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    Alert alert = step.next().delivered(step.send().getFirst().id());
    String hook = step.send().getLast().id();
    assertThat(alert.failed(hook, FIRED_AT, 0, Duration.ofMinutes(10)).due())
        .hasValue(FIRED_AT.plusSeconds(600));
    assertThat(alert.failed(hook, FIRED_AT, 0, Duration.ofDays(10)).due())
        .hasValue(FIRED_AT.plusSeconds(3600));
  }

  @Test
  void an_attempt_with_an_unknown_outcome_is_repeated_when_its_lease_ends() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    Instant end = FIRED_AT.plus(PendingDelivery.LEASE);
    assertThat(step.next().onDue(end.minusMillis(1), Optional.of(freed(FREE_AT))).send()).isEmpty();
    assertThat(step.next().onDue(end, Optional.of(freed(FREE_AT))).send())
        .extracting(PendingDelivery::id)
        .isEqualTo(step.send().stream().map(PendingDelivery::id).toList());
  }

  @Test
  void a_free_period_that_ends_before_its_notification_is_dropped_and_does_not_count() {
    Alert fired = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT).next();
    Instant end = FIRED_AT.plus(PendingDelivery.LEASE);
    DeliveryRecord.Step<Alert> over =
        fired.onDue(end, Optional.of(occupied(FREE_AT.plusSeconds(30))));
    assertThat(over.send()).isEmpty();
    assertThat(over.next().status()).isEqualTo(AlertStatus.ACTIVE);
    assertThat(over.next().onFree(freed(FREE_AT), end).send()).isEmpty();
    assertThat(over.next().onFree(freed(end), end).send()).hasSize(2);
  }

  @Test
  void delivered_by_one_channel_it_has_fired_even_if_the_other_failed() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    Alert half = step.next().delivered(step.send().getFirst().id());
    DeliveryRecord.Step<Alert> over =
        half.onDue(
            FIRED_AT.plus(PendingDelivery.LEASE), Optional.of(occupied(FREE_AT.plusSeconds(30))));
    assertThat(over.next().status()).isEqualTo(AlertStatus.FIRED);
    assertThat(over.next().deliveries().pending()).isEmpty();
  }

  @Test
  void while_the_machine_is_not_known_to_be_free_nothing_is_sent_but_it_is_looked_at_again() {
    Alert fired = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT).next();
    DeliveryRecord.Step<Alert> step =
        fired.onDue(FIRED_AT.plus(PendingDelivery.LEASE), Optional.empty());
    assertThat(step.send()).isEmpty();
    assertThat(
            step.next().onDue(step.next().due().orElseThrow(), Optional.of(freed(FREE_AT))).send())
        .hasSize(2);
  }

  @Test
  void a_delivery_is_dropped_after_its_last_attempt_and_the_alert_stays_active() {
    Alert alert = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT).next();
    int attempts = 1;
    while (alert.due().isPresent()) {
      Instant due = alert.due().get();
      DeliveryRecord.Step<Alert> step = alert.onDue(due, Optional.of(freed(FREE_AT)));
      attempts++;
      alert = step.next();
      for (PendingDelivery it : step.send()) {
        alert = alert.failed(it.id(), due, 0, Duration.ZERO);
      }
    }
    assertThat(attempts).isEqualTo(PendingDelivery.MAX_ATTEMPTS);
    assertThat(alert.status()).isEqualTo(AlertStatus.ACTIVE);
  }

  @Test
  void a_channel_that_is_gone_is_not_tried_again() {
    DeliveryRecord.Step<Alert> step = alert(ONCE).onFree(freed(FREE_AT), FIRED_AT);
    Alert alert = step.next();
    for (PendingDelivery it : step.send()) {
      alert = alert.gone(it.id());
    }
    assertThat(alert.due()).isEmpty();
    assertThat(alert.status()).isEqualTo(AlertStatus.FIRED);
    assertThat(alert.endedAt()).hasValue(FIRED_AT);
  }

  @Test
  void cancelling_drops_unsent_deliveries_and_later_firings() {
    Alert cancelled = alert(AGAIN).onFree(freed(FREE_AT), FIRED_AT).next().cancel(FIRED_AT);
    assertThat(cancelled.status()).isEqualTo(AlertStatus.CANCELLED);
    assertThat(cancelled.endedAt()).hasValue(FIRED_AT);
    assertThat(cancelled.due()).isEmpty();
    Instant later = FREE_AT.plusSeconds(7200);
    assertThat(cancelled.onFree(freed(later), later).next()).isSameAs(cancelled);
    assertThat(alert(QUIET).onFree(freed(FREE_AT), FIRED_AT).next().cancel(FIRED_AT).due())
        .isEmpty();
  }

  @Test
  void expiry_drops_unsent_deliveries_and_deferred_firings() {
    AlertTerms until =
        new AlertTerms(
            QUIET.quietHours(),
            Optional.of(QUIET_END.minusSeconds(1)),
            QUIET.channels(),
            QUIET.repetition());
    Alert deferred = alert(until).onFree(freed(FREE_AT), FIRED_AT).next();
    assertThat(deferred.due()).hasValue(QUIET_END.minusSeconds(1));
    DeliveryRecord.Step<Alert> expired = deferred.onDue(QUIET_END, Optional.of(freed(FREE_AT)));
    assertThat(expired.send()).isEmpty();
    assertThat(expired.next().status()).isEqualTo(AlertStatus.EXPIRED);
    assertThat(expired.next().due()).isEmpty();
    Instant later = QUIET_END.plusSeconds(1);
    assertThat(alert(until).onFree(freed(later), later).next().status())
        .isEqualTo(AlertStatus.EXPIRED);
  }

  private static Alert delivered(DeliveryRecord.Step<Alert> step) {
    Alert alert = step.next();
    for (PendingDelivery it : step.send()) {
      alert = alert.delivered(it.id());
    }
    return alert;
  }
}
