package io.gympulse.cloud.core.alert;

import static io.gympulse.cloud.core.alert.SampleAlerts.ANNA;
import static io.gympulse.cloud.core.alert.SampleAlerts.BIKE;
import static io.gympulse.cloud.core.alert.SampleAlerts.GYM;
import static io.gympulse.cloud.core.alert.SampleAlerts.HOOK;
import static io.gympulse.cloud.core.alert.SampleAlerts.NOON;
import static io.gympulse.cloud.core.alert.SampleAlerts.ONCE;
import static io.gympulse.cloud.core.alert.SampleAlerts.alert;
import static io.gympulse.cloud.core.alert.SampleAlerts.freed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every keeper of alerts promises.
public abstract class AlertsContract {
  private static final UserId BEN = new UserId("ben");

  /// Empty at the start of each test.
  protected abstract Alerts alerts();

  @Test
  void an_alert_reads_back_as_it_was_kept_at_every_stage() {
    AlertTerms rich =
        new AlertTerms(
            Optional.of(
                new QuietHours(
                    LocalTime.of(12, 0), LocalTime.of(14, 30), ZoneId.of("Europe/London"))),
            Optional.of(NOON.plusSeconds(90_000)),
            List.of(new Channel.Email("anna@example.org"), HOOK, new Channel.WebSocket()),
            new Repetition.Again(Duration.ofMinutes(5)));
    Alert created = alert(rich);
    alerts().create(created);
    assertThat(alerts().find(ANNA, created.id())).hasValue(created);
    Instant quiet = NOON.plusSeconds(60);
    Alert deferred = created.onFree(freed(quiet), quiet).next();
    assertThat(alerts().replace(created, deferred)).isTrue();
    assertThat(alerts().find(ANNA, created.id())).hasValue(deferred);
    Instant end = deferred.due().orElseThrow();
    Alert fired = deferred.onDue(end, Optional.of(freed(quiet))).next();
    assertThat(alerts().replace(deferred, fired)).isTrue();
    assertThat(alerts().find(ANNA, created.id())).hasValue(fired);
  }

  @Test
  void creating_again_changes_nothing() {
    Alert alert = alert(ONCE);
    alerts().create(alert);
    Alert cancelled = alert.cancel(NOON);
    assertThat(alerts().replace(alert, cancelled)).isTrue();
    alerts().create(alert);
    assertThat(alerts().find(ANNA, alert.id())).hasValue(cancelled);
  }

  @Test
  void an_alert_is_found_by_its_own_user_only() {
    Alert alert = alert(ONCE);
    alerts().create(alert);
    assertThat(alerts().find(BEN, alert.id())).isEmpty();
    assertThat(ofUser(BEN, 9)).isEmpty();
    assertThat(ofUser(ANNA, 9)).containsExactly(alert);
  }

  @Test
  void only_active_alerts_of_the_machine_watch_it() {
    Alert watching = alert(ONCE);
    Alert cancelled = alert(ONCE);
    Alert elsewhere = alert(AlertId.random(), BEN, new MachineId("rower"), ONCE);
    List.of(watching, cancelled, elsewhere).forEach(alerts()::create);
    alerts().replace(cancelled, cancelled.cancel(NOON));
    assertThat(watching(BIKE, 9)).containsExactly(watching);
  }

  @Test
  void a_members_list_is_read_page_by_page_active_ones_first_and_the_newest_first() {
    List<Alert> active = new ArrayList<>();
    List<Alert> ended = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Alert one = madeAt(NOON.plusSeconds(i));
      Alert other = madeAt(NOON.plusSeconds(i));
      List.of(one, other).forEach(alerts()::create);
      alerts().replace(other, other.cancel(NOON.plusSeconds(9)));
      active.addFirst(one);
      ended.addFirst(other.cancel(NOON.plusSeconds(9)));
    }
    alerts().create(alert(AlertId.random(), BEN, BIKE, ONCE));
    List<Alert> all = new ArrayList<>(active);
    all.addAll(ended);
    for (int size : new int[] {1, 3, 5, 10, 50}) {
      assertThat(ofUser(ANNA, size)).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(alerts().ofUser(ANNA, Optional.empty(), 4).items()).hasSize(4);
  }

  @Test
  void who_waits_for_a_machine_is_read_page_by_page() {
    List<Alert> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Alert alert = alert(AlertId.random(), new UserId("user-" + i), BIKE, ONCE);
      alerts().create(alert);
      all.add(alert);
    }
    alerts().create(alert(AlertId.random(), BEN, new MachineId("rower"), ONCE));
    all.sort(Comparator.comparing(it -> it.id().toString()));
    for (int size : new int[] {1, 3, 7, 50}) {
      assertThat(watching(BIKE, size)).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(alerts().watching(BIKE, Optional.empty(), 3).items()).hasSize(3);
  }

  @Test
  void active_ones_are_counted_up_to_a_bound() {
    for (int i = 0; i < 4; i++) {
      Alert alert = alert(ONCE);
      Alert ended = alert(ONCE);
      List.of(alert, ended).forEach(alerts()::create);
      alerts().replace(ended, ended.cancel(NOON));
    }
    alerts().create(alert(AlertId.random(), BEN, BIKE, ONCE));
    assertThat(alerts().countActive(ANNA, 9)).isEqualTo(4);
    assertThat(alerts().countActive(ANNA, 3)).isEqualTo(3);
    assertThat(alerts().countActive(new UserId("nobody"), 9)).isZero();
    assertThat(alerts().countWatching(BIKE, 9)).isEqualTo(5);
    assertThat(alerts().countWatching(BIKE, 3)).isEqualTo(3);
    assertThat(alerts().countWatching(new MachineId("rower"), 9)).isZero();
  }

  @Test
  void writes_made_together_are_stored() {
    Alert one = alert(ONCE);
    Alert other = alert(ONCE);
    List.of(one, other).forEach(alerts()::create);
    alerts()
        .together(
            () -> {
              assertThat(alerts().replace(one, one.cancel(NOON))).isTrue();
              assertThat(alerts().replace(other, other.cancel(NOON))).isTrue();
              assertThat(alerts().replace(other, other.cancel(NOON))).isFalse();
            });
    assertThat(alerts().find(ANNA, one.id())).hasValue(one.cancel(NOON));
    assertThat(alerts().countActive(ANNA, 9)).isZero();
  }

  @Test
  void due_are_those_whose_time_has_come_the_longest_due_first() {
    List<Alert> due = new ArrayList<>();
    for (int i = 3; i > 0; i--) {
      Alert alert = alert(expiring(NOON.plusSeconds(i)));
      alerts().create(alert);
      due.addFirst(alert);
    }
    alerts().create(alert(ONCE));
    alerts().create(alert(expiring(NOON.plusSeconds(9))));
    assertThat(alerts().due(NOON.plusSeconds(3), 10)).isEqualTo(due);
    assertThat(alerts().due(NOON.plusSeconds(3), 2)).isEqualTo(due.subList(0, 2));
    assertThat(alerts().due(NOON, 10)).isEmpty();
  }

  @Test
  void of_two_that_fire_the_same_alert_one_wins() throws Exception {
    Alert alert = alert(ONCE);
    alerts().create(alert);
    Alert fired = alert.onFree(freed(NOON.plusSeconds(5)), NOON.plusSeconds(6)).next();
    Callable<Boolean> fire = () -> alerts().replace(alert, fired);
    int kept = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> it : threads.invokeAll(Collections.nCopies(32, fire))) {
        kept += it.get() ? 1 : 0;
      }
    }
    assertThat(kept).isEqualTo(1);
  }

  @Test
  void a_record_that_was_never_created_is_not_replaced() {
    Alert alert = alert(ONCE);
    assertThat(alerts().replace(alert, alert.cancel(NOON))).isFalse();
    assertThat(alerts().find(ANNA, alert.id())).isEmpty();
  }

  private List<Alert> ofUser(UserId user, int size) {
    List<Alert> all = new ArrayList<>();
    Page.each((Optional<AlertCursor> after) -> alerts().ofUser(user, after, size), all::addAll);
    return all;
  }

  private List<Alert> watching(MachineId machine, int size) {
    List<Alert> all = new ArrayList<>();
    Page.each((Optional<AlertId> after) -> alerts().watching(machine, after, size), all::addAll);
    return all;
  }

  private static Alert madeAt(Instant at) {
    return Alert.create(
        AlertId.random(), new Alert.Watch(ANNA, BIKE, GYM), ONCE, Optional.empty(), at);
  }

  private static AlertTerms expiring(Instant at) {
    return new AlertTerms(
        Optional.empty(), Optional.of(at), ONCE.channels(), new Repetition.Once());
  }
}
