package io.gympulse.cloud.state.alert;

import static io.gympulse.cloud.state.alert.SampleAlerts.ANNA;
import static io.gympulse.cloud.state.alert.SampleAlerts.BIKE;
import static io.gympulse.cloud.state.alert.SampleAlerts.HOOK;
import static io.gympulse.cloud.state.alert.SampleAlerts.NOON;
import static io.gympulse.cloud.state.alert.SampleAlerts.ONCE;
import static io.gympulse.cloud.state.alert.SampleAlerts.alert;
import static io.gympulse.cloud.state.alert.SampleAlerts.freed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
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
    Alert cancelled = alert.cancel();
    assertThat(alerts().replace(alert, cancelled)).isTrue();
    alerts().create(alert);
    assertThat(alerts().find(ANNA, alert.id())).hasValue(cancelled);
  }

  @Test
  void an_alert_is_found_by_its_own_user_only() {
    Alert alert = alert(ONCE);
    alerts().create(alert);
    assertThat(alerts().find(BEN, alert.id())).isEmpty();
    assertThat(alerts().ofUser(BEN)).isEmpty();
    assertThat(alerts().ofUser(ANNA)).containsExactly(alert);
  }

  @Test
  void only_active_alerts_of_the_machine_watch_it() {
    Alert watching = alert(ONCE);
    Alert cancelled = alert(ONCE);
    Alert elsewhere = alert(AlertId.random(), BEN, new MachineId("rower"), ONCE);
    List.of(watching, cancelled, elsewhere).forEach(alerts()::create);
    alerts().replace(cancelled, cancelled.cancel());
    assertThat(alerts().watching(BIKE)).containsExactly(watching);
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
  void what_was_never_created_is_not_replaced() {
    Alert alert = alert(ONCE);
    assertThat(alerts().replace(alert, alert.cancel())).isFalse();
    assertThat(alerts().find(ANNA, alert.id())).isEmpty();
  }

  private static AlertTerms expiring(Instant at) {
    return new AlertTerms(
        Optional.empty(), Optional.of(at), ONCE.channels(), new Repetition.Once());
  }
}
