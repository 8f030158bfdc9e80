package io.gympulse.cloud.notify;

import static io.gympulse.cloud.notify.TestGym.BIKE;
import static io.gympulse.cloud.notify.TestGym.GATEWAY;
import static io.gympulse.cloud.notify.TestGym.GYM;
import static io.gympulse.cloud.notify.TestGym.NOON;
import static io.gympulse.cloud.notify.TestGym.ROWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.memory.InMemoryAlerts;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAlertsTest {
  private static final UserId ANNA = new UserId("anna");
  private static final Instant FREE_AT = NOON.plusSeconds(60);
  private static final Instant LATER = FREE_AT.plusSeconds(1);

  private final TestGym gym = new TestGym();
  private final Alerts alerts = new InMemoryAlerts();
  private final RecordingChannels channels = new RecordingChannels();
  private Instant now = LATER;
  private final MemberAlerts members = members(Runnable::run);

  @Test
  void a_notification_has_the_names_and_the_time_zone_of_the_gym() {
    Alert alert = watch(BIKE, new Repetition.Once());
    consume(gym.free(BIKE, FREE_AT));
    Notification notification = channels.attempts().getFirst().notification();
    assertThat(notification.text()).isEqualTo("Bike 1 at Downtown is free since 14:01.");
    assertThat(notification.to()).isEqualTo(new Notification.Recipient.Member(ANNA));
    assertThat(notification.correlationId()).isEqualTo("bike@" + FREE_AT.toEpochMilli());
    assertThat(channels.attempts()).hasSize(1);
    assertThat(kept(alert).status()).isEqualTo(AlertStatus.FIRED);
    assertThat(kept(alert).due()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void repeated_and_reordered_updates_notify_each_free_period_once(long seed) {
    Random random = new Random(seed);
    watch(BIKE, new Repetition.Again(Duration.ZERO));
    watch(ROWER, new Repetition.Again(Duration.ZERO));
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      Instant at = FREE_AT.plusSeconds(i * 60L);
      now = at.plusSeconds(30);
      List<FeedUpdate> updates = new ArrayList<>();
      for (MachineId machine : List.of(BIKE, ROWER)) {
        gym.occupied(machine, at);
        Instant free = at.plusSeconds(10);
        updates.addAll(Collections.nCopies(1 + random.nextInt(3), gym.free(machine, free)));
        expected.add(machine + "@" + free.toEpochMilli());
      }
      Collections.shuffle(updates, random);
      updates.forEach(it -> members.consume(it, now));
    }
    assertThat(channels.attempts())
        .extracting(it -> it.notification().correlationId())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void an_outdated_update_is_not_notified() {
    watch(BIKE, new Repetition.Once());
    FeedUpdate late = gym.free(BIKE, FREE_AT);
    gym.occupied(BIKE, FREE_AT.plusSeconds(5));
    consume(late);
    assertThat(channels.attempts()).isEmpty();
  }

  @Test
  void deliveries_of_a_process_that_dies_after_firing_are_made_by_the_next() {
    Alert alert = watch(BIKE, new Repetition.Once());
    members(_ -> {}).consume(gym.free(BIKE, FREE_AT), now);
    assertThat(kept(alert).status()).isEqualTo(AlertStatus.FIRED);
    assertThat(channels.attempts()).isEmpty();
    consume(gym.free(BIKE, FREE_AT));
    assertThat(channels.attempts()).isEmpty();
    now = now.plus(PendingDelivery.LEASE);
    members.run(now);
    members.run(now);
    assertThat(channels.attempts()).hasSize(1);
    assertThat(kept(alert).due()).isEmpty();
  }

  @Test
  void a_delivery_that_cannot_start_does_not_affect_others() {
    watch(BIKE, new Repetition.Once());
    watch(BIKE, new Repetition.Once());
    AtomicBoolean broken = new AtomicBoolean(true);
    MemberAlerts once =
        members(
            attempt -> {
              if (broken.getAndSet(false)) {
                throw new IllegalStateException("no thread");
              }
              attempt.run();
            });
    assertThatThrownBy(() -> once.consume(gym.free(BIKE, FREE_AT), now)).hasMessage("no thread");
    assertThat(channels.attempts()).hasSize(1);
    now = now.plus(PendingDelivery.LEASE);
    members.run(now);
    assertThat(channels.attempts()).hasSize(2);
  }

  @Test
  void a_delivery_that_fails_is_repeated_under_its_id_while_the_machine_is_free() {
    Alert alert = watch(BIKE, new Repetition.Once());
    channels.returning(_ -> new DeliveryOutcome.Retry("no answer"));
    consume(gym.free(BIKE, FREE_AT));
    now = kept(alert).due().orElseThrow();
    channels.returning(_ -> new DeliveryOutcome.Delivered());
    members.run(now);
    assertThat(channels.ids()).hasSize(2).containsOnly(channels.ids().getFirst());
  }

  @Test
  void a_channel_that_throws_is_retried_like_one_that_fails() {
    Alert alert = watch(BIKE, new Repetition.Once());
    channels.returning(
        _ -> {
          throw new IllegalStateException("broken");
        });
    consume(gym.free(BIKE, FREE_AT));
    assertThat(kept(alert).due()).isPresent();
  }

  @Test
  void a_delivery_waits_while_the_gateway_is_offline() {
    Alert alert = watch(BIKE, new Repetition.Once());
    channels.returning(_ -> new DeliveryOutcome.Retry("no answer"));
    consume(gym.free(BIKE, FREE_AT));
    gym.presence(GATEWAY, false, LATER);
    now = kept(alert).due().orElseThrow();
    members.run(now);
    assertThat(channels.attempts()).hasSize(1);
    gym.presence(GATEWAY, true, now);
    now = kept(alert).due().orElseThrow();
    members.run(now);
    assertThat(channels.attempts()).hasSize(2);
  }

  @Test
  void the_first_message_after_an_outage_fires_though_presence_is_not_stored_yet() {
    gym.presence(GATEWAY, false, NOON);
    watch(BIKE, new Repetition.Once());
    consume(gym.free(BIKE, FREE_AT));
    assertThat(channels.attempts()).hasSize(1);
  }

  @Test
  void a_deferred_firing_is_notified_at_the_end_of_quiet_hours() {
    QuietHours quiet =
        new QuietHours(LocalTime.of(14, 0), LocalTime.of(15, 0), ZoneId.of("Europe/Zurich"));
    Alert alert = watch(BIKE, new Repetition.Once(), Optional.of(quiet));
    consume(gym.free(BIKE, FREE_AT));
    members.run(LATER.plusSeconds(60));
    assertThat(channels.attempts()).isEmpty();
    now = NOON.plusSeconds(3600);
    assertThat(kept(alert).due()).hasValue(now);
    members.run(now);
    assertThat(channels.texts()).containsExactly("Bike 1 at Downtown is free since 14:01.");
  }

  @Test
  void one_alert_that_cannot_be_stored_does_not_affect_others() {
    Alert bad = watch(BIKE, new Repetition.Once());
    watch(BIKE, new Repetition.Once());
    MemberAlerts some =
        new MemberAlerts(
            new RefusesOne(alerts, bad.id()),
            gym.live(),
            new DeliveryExecutor(channels.channels(), Runnable::run, new DeliveryCounters()),
            () -> now,
            new Random(1));
    FeedUpdate update = gym.free(BIKE, FREE_AT);
    assertThatThrownBy(() -> some.consume(update, now)).hasMessage("refused");
    assertThat(channels.attempts()).hasSize(1);
    consume(update);
    assertThat(channels.attempts()).hasSize(2);
  }

  @Test
  void every_one_of_many_waiting_members_is_notified_once() {
    int crowd = 2 * NotificationProcessor.BATCH_SIZE + 7;
    for (int i = 0; i < crowd; i++) {
      watch(BIKE, new Repetition.Once());
    }
    consume(gym.free(BIKE, FREE_AT));
    consume(gym.free(BIKE, FREE_AT));
    assertThat(channels.ids()).hasSize(crowd).doesNotHaveDuplicates();
    assertThat(alerts.countWatching(BIKE, crowd)).isZero();
  }

  @Test
  void when_the_machine_is_occupied_meanwhile_the_remaining_members_are_not_notified() {
    int crowd = 2 * NotificationProcessor.BATCH_SIZE + 7;
    for (int i = 0; i < crowd; i++) {
      watch(BIKE, new Repetition.Once());
    }
    channels.returning(
        _ -> {
          gym.occupied(BIKE, FREE_AT.plusSeconds(9));
          return new DeliveryOutcome.Delivered();
        });
    consume(gym.free(BIKE, FREE_AT));
    assertThat(channels.ids()).hasSize(NotificationProcessor.BATCH_SIZE);
    assertThat(alerts.countWatching(BIKE, crowd))
        .isEqualTo(crowd - NotificationProcessor.BATCH_SIZE);
  }

  private MemberAlerts members(Executor executor) {
    return new MemberAlerts(
        alerts,
        gym.live(),
        new DeliveryExecutor(channels.channels(), executor, new DeliveryCounters()),
        () -> now,
        new Random(1));
  }

  private void consume(FeedUpdate update) {
    members.consume(update, now);
  }

  private Alert kept(Alert alert) {
    return alerts.find(ANNA, alert.id()).orElseThrow();
  }

  private Alert watch(MachineId machine, Repetition repetition) {
    return watch(machine, repetition, Optional.empty());
  }

  private Alert watch(MachineId machine, Repetition repetition, Optional<QuietHours> quiet) {
    gym.occupied(machine, NOON.minusSeconds(60));
    Alert alert =
        Alert.create(
            AlertId.random(),
            new Alert.Watch(ANNA, machine, GYM),
            new AlertTerms(quiet, Optional.empty(), List.of(new Channel.WebSocket()), repetition),
            gym.store().current().find(GYM, machine),
            NOON);
    alerts.create(alert);
    return alert;
  }

  /// A store that cannot write one alert.
  private record RefusesOne(Alerts alerts, AlertId refused) implements Alerts {
    @Override
    public void create(Alert alert) {
      alerts.create(alert);
    }

    @Override
    public Optional<Alert> find(UserId user, AlertId id) {
      return alerts.find(user, id);
    }

    @Override
    public Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size) {
      return alerts.ofUser(user, after, size);
    }

    @Override
    public int countActive(UserId user, int most) {
      return alerts.countActive(user, most);
    }

    @Override
    public Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size) {
      return alerts.watching(machine, after, size);
    }

    @Override
    public int countWatching(MachineId machine, int most) {
      return alerts.countWatching(machine, most);
    }

    @Override
    public List<Alert> due(Instant now, int limit) {
      return alerts.due(now, limit);
    }

    @Override
    public boolean replace(Alert expected, Alert next) {
      if (expected.id().equals(refused)) {
        throw new IllegalStateException("refused");
      }
      return alerts.replace(expected, next);
    }
  }
}
