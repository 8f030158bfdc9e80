package io.gympulse.cloud.alert;

import static io.gympulse.cloud.dispatch.Floor.BIKE;
import static io.gympulse.cloud.dispatch.Floor.GATEWAY;
import static io.gympulse.cloud.dispatch.Floor.GYM;
import static io.gympulse.cloud.dispatch.Floor.NOON;
import static io.gympulse.cloud.dispatch.Floor.ROWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertPlace;
import io.gympulse.cloud.core.alert.AlertStatus;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.alert.Repetition;
import io.gympulse.cloud.core.alert.Retries;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.memory.InMemoryAlerts;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.dispatch.Floor;
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

  private final Floor floor = new Floor();
  private final Alerts alerts = new InMemoryAlerts();
  private final Told told = new Told();
  private Instant now = LATER;
  private final MemberAlerts members = members(Runnable::run);

  @Test
  void a_member_is_told_by_the_names_and_the_clock_of_the_gym() {
    Alert alert = watch(BIKE, new Repetition.Once());
    follow(floor.free(BIKE, FREE_AT));
    Notification notification = told.attempts().getFirst().notification();
    assertThat(notification.text()).isEqualTo("Bike 1 at Downtown is free since 14:01.");
    assertThat(notification.to()).isEqualTo(new Recipient.Member(ANNA));
    assertThat(notification.correlationId()).isEqualTo("bike@" + FREE_AT.toEpochMilli());
    assertThat(told.attempts()).hasSize(1);
    assertThat(kept(alert).status()).isEqualTo(AlertStatus.FIRED);
    assertThat(kept(alert).due()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void any_repetition_and_any_order_of_machines_tells_each_free_period_once(long seed) {
    Random random = new Random(seed);
    watch(BIKE, new Repetition.Again(Duration.ZERO));
    watch(ROWER, new Repetition.Again(Duration.ZERO));
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      Instant at = FREE_AT.plusSeconds(i * 60L);
      now = at.plusSeconds(30);
      List<FeedUpdate> updates = new ArrayList<>();
      for (MachineId machine : List.of(BIKE, ROWER)) {
        floor.occupied(machine, at);
        Instant free = at.plusSeconds(10);
        updates.addAll(Collections.nCopies(1 + random.nextInt(3), floor.free(machine, free)));
        expected.add(machine + "@" + free.toEpochMilli());
      }
      Collections.shuffle(updates, random);
      updates.forEach(it -> members.follow(it, now));
    }
    assertThat(told.attempts())
        .extracting(it -> it.notification().correlationId())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void what_is_over_when_its_update_comes_is_not_told() {
    watch(BIKE, new Repetition.Once());
    FeedUpdate late = floor.free(BIKE, FREE_AT);
    floor.occupied(BIKE, FREE_AT.plusSeconds(5));
    follow(late);
    assertThat(told.attempts()).isEmpty();
  }

  @Test
  void a_process_that_dies_after_firing_and_before_sending_leaves_it_to_the_next() {
    Alert alert = watch(BIKE, new Repetition.Once());
    members(_ -> {}).follow(floor.free(BIKE, FREE_AT), now);
    assertThat(kept(alert).status()).isEqualTo(AlertStatus.FIRED);
    assertThat(told.attempts()).isEmpty();
    follow(floor.free(BIKE, FREE_AT));
    assertThat(told.attempts()).isEmpty();
    now = now.plus(Retries.LEASE);
    members.onSchedule(now);
    members.onSchedule(now);
    assertThat(told.attempts()).hasSize(1);
    assertThat(kept(alert).due()).isEmpty();
  }

  @Test
  void a_delivery_that_cannot_begin_keeps_back_no_other() {
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
    assertThatThrownBy(() -> once.follow(floor.free(BIKE, FREE_AT), now)).hasMessage("no thread");
    assertThat(told.attempts()).hasSize(1);
    now = now.plus(Retries.LEASE);
    members.onSchedule(now);
    assertThat(told.attempts()).hasSize(2);
  }

  @Test
  void a_delivery_that_fails_is_repeated_under_its_id_while_the_machine_is_free() {
    Alert alert = watch(BIKE, new Repetition.Once());
    told.answer(_ -> new Outcome.Retry("no answer"));
    follow(floor.free(BIKE, FREE_AT));
    now = kept(alert).due().orElseThrow();
    told.answer(_ -> new Outcome.Delivered());
    members.onSchedule(now);
    assertThat(told.ids()).hasSize(2).containsOnly(told.ids().getFirst());
  }

  @Test
  void a_channel_that_breaks_is_tried_again_like_one_that_fails() {
    Alert alert = watch(BIKE, new Repetition.Once());
    told.answer(
        _ -> {
          throw new IllegalStateException("broken");
        });
    follow(floor.free(BIKE, FREE_AT));
    assertThat(kept(alert).due()).isPresent();
  }

  @Test
  void a_delivery_waits_while_the_gateway_is_out_of_reach() {
    Alert alert = watch(BIKE, new Repetition.Once());
    told.answer(_ -> new Outcome.Retry("no answer"));
    follow(floor.free(BIKE, FREE_AT));
    floor.presence(GATEWAY, false, LATER);
    now = kept(alert).due().orElseThrow();
    members.onSchedule(now);
    assertThat(told.attempts()).hasSize(1);
    floor.presence(GATEWAY, true, now);
    now = kept(alert).due().orElseThrow();
    members.onSchedule(now);
    assertThat(told.attempts()).hasSize(2);
  }

  @Test
  void the_first_sign_of_life_after_an_outage_fires_though_presence_is_not_kept_yet() {
    floor.presence(GATEWAY, false, NOON);
    watch(BIKE, new Repetition.Once());
    follow(floor.free(BIKE, FREE_AT));
    assertThat(told.attempts()).hasSize(1);
  }

  @Test
  void what_is_deferred_is_told_at_the_end_of_quiet_hours() {
    QuietHours quiet =
        new QuietHours(LocalTime.of(14, 0), LocalTime.of(15, 0), ZoneId.of("Europe/Zurich"));
    Alert alert = watch(BIKE, new Repetition.Once(), Optional.of(quiet));
    follow(floor.free(BIKE, FREE_AT));
    members.onSchedule(LATER.plusSeconds(60));
    assertThat(told.attempts()).isEmpty();
    now = NOON.plusSeconds(3600);
    assertThat(kept(alert).due()).hasValue(now);
    members.onSchedule(now);
    assertThat(told.texts()).containsExactly("Bike 1 at Downtown is free since 14:01.");
  }

  @Test
  void one_alert_that_cannot_be_kept_does_not_keep_others_from_being_told() {
    Alert bad = watch(BIKE, new Repetition.Once());
    watch(BIKE, new Repetition.Once());
    MemberAlerts some =
        new MemberAlerts(
            new RefusesOne(alerts, bad.id()),
            floor.sight(),
            new Courier(told.channels(), Runnable::run, new DeliveryCounters()),
            () -> now,
            new Random(1));
    FeedUpdate update = floor.free(BIKE, FREE_AT);
    assertThatThrownBy(() -> some.follow(update, now)).hasMessage("refused");
    assertThat(told.attempts()).hasSize(1);
    follow(update);
    assertThat(told.attempts()).hasSize(2);
  }

  @Test
  void however_many_wait_for_a_machine_each_is_told_once() {
    int crowd = 2 * Notifier.PORTION + 7;
    for (int i = 0; i < crowd; i++) {
      watch(BIKE, new Repetition.Once());
    }
    follow(floor.free(BIKE, FREE_AT));
    follow(floor.free(BIKE, FREE_AT));
    assertThat(told.ids()).hasSize(crowd).doesNotHaveDuplicates();
    assertThat(alerts.countWatching(BIKE, crowd)).isZero();
  }

  @Test
  void when_the_machine_is_taken_meanwhile_the_rest_of_a_crowd_is_not_told() {
    int crowd = 2 * Notifier.PORTION + 7;
    for (int i = 0; i < crowd; i++) {
      watch(BIKE, new Repetition.Once());
    }
    told.answer(
        _ -> {
          floor.occupied(BIKE, FREE_AT.plusSeconds(9));
          return new Outcome.Delivered();
        });
    follow(floor.free(BIKE, FREE_AT));
    assertThat(told.ids()).hasSize(Notifier.PORTION);
    assertThat(alerts.countWatching(BIKE, crowd)).isEqualTo(crowd - Notifier.PORTION);
  }

  private MemberAlerts members(Executor executor) {
    return new MemberAlerts(
        alerts,
        floor.sight(),
        new Courier(told.channels(), executor, new DeliveryCounters()),
        () -> now,
        new Random(1));
  }

  private void follow(FeedUpdate update) {
    members.follow(update, now);
  }

  private Alert kept(Alert alert) {
    return alerts.find(ANNA, alert.id()).orElseThrow();
  }

  private Alert watch(MachineId machine, Repetition repetition) {
    return watch(machine, repetition, Optional.empty());
  }

  private Alert watch(MachineId machine, Repetition repetition, Optional<QuietHours> quiet) {
    floor.occupied(machine, NOON.minusSeconds(60));
    Alert alert =
        Alert.create(
            AlertId.random(),
            new Alert.Watch(ANNA, machine, GYM),
            new AlertTerms(quiet, Optional.empty(), List.of(new Channel.WebSocket()), repetition),
            floor.store().current().find(machine),
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
    public Page<Alert, AlertPlace> ofUser(UserId user, Optional<AlertPlace> after, int size) {
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
