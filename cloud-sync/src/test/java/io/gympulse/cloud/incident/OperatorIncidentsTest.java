package io.gympulse.cloud.incident;

import static io.gympulse.cloud.notify.TestGym.BIKE;
import static io.gympulse.cloud.notify.TestGym.GATEWAY;
import static io.gympulse.cloud.notify.TestGym.GYM;
import static io.gympulse.cloud.notify.TestGym.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentKind;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.memory.InMemoryIncidents;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryCounters;
import io.gympulse.cloud.notify.DeliveryExecutor;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.cloud.notify.RecordingChannels;
import io.gympulse.cloud.notify.TestGym;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorIncidentsTest {
  private static final Instant SETTLED = NOON.plus(Incident.SETTLE);

  private final TestGym gym = new TestGym();
  private final Incidents incidents = new InMemoryIncidents();
  private final RecordingChannels channels = new RecordingChannels();
  private Instant now = NOON;
  private final OperatorIncidents operators =
      new OperatorIncidents(
          incidents,
          gym.store().floorPlans(),
          new OperatorIncidents.Delivery(
              List.of(new Channel.Email("ops@example.org")),
              new DeliveryExecutor(channels.channels(), Runnable::run, new DeliveryCounters())),
          () -> now,
          new Random(1));

  @Test
  void an_offline_gateway_is_notified_once_and_its_return_once() {
    FeedUpdate silent = gym.presence(GATEWAY, false, NOON);
    consume(silent, silent);
    at(SETTLED);
    at(SETTLED.plusSeconds(1));
    assertThat(channels.texts())
        .containsExactly("Gateway gw at Downtown is offline, detected at 2026-05-01T12:00:00Z.");
    FeedUpdate back = gym.presence(GATEWAY, true, SETTLED.plusSeconds(60));
    consume(back, back);
    at(SETTLED.plusSeconds(60));
    consume(silent);
    at(SETTLED.plusSeconds(120));
    assertThat(kinds())
        .containsExactly(Notification.Kind.GATEWAY_OFFLINE, Notification.Kind.GATEWAY_ONLINE);
    assertThat(open()).isEmpty();
  }

  @Test
  void gateways_that_go_offline_at_the_same_sweep_are_one_incident() {
    for (int i = 0; i < 40; i++) {
      consume(gym.presence(gateway(i), false, NOON));
    }
    at(SETTLED);
    assertThat(channels.texts()).hasSize(1);
    assertThat(channels.texts().getFirst())
        .startsWith("40 gateways went offline at once")
        .contains("gw-0 at Downtown", "and 35 more");
    for (int i = 0; i < 40; i++) {
      consume(gym.presence(gateway(i), true, SETTLED.plusSeconds(i)));
    }
    at(SETTLED.plusSeconds(60));
    assertThat(kinds())
        .containsExactly(
            Notification.Kind.MANY_GATEWAYS_OFFLINE, Notification.Kind.MANY_GATEWAYS_ONLINE);
  }

  @Test
  void gateways_that_return_before_the_notification_are_not_notified() {
    consume(gym.presence(GATEWAY, false, NOON));
    consume(gym.presence(GATEWAY, true, NOON.plusSeconds(10)));
    at(SETTLED);
    assertThat(channels.attempts()).isEmpty();
  }

  @Test
  void another_outage_is_another_episode() {
    consume(gym.presence(GATEWAY, false, NOON));
    at(SETTLED);
    consume(gym.presence(GATEWAY, true, SETTLED.plusSeconds(10)));
    at(SETTLED.plusSeconds(10));
    Instant again = SETTLED.plusSeconds(600);
    consume(gym.presence(GATEWAY, false, again));
    at(again.plus(Incident.SETTLE));
    assertThat(kinds())
        .containsExactly(
            Notification.Kind.GATEWAY_OFFLINE,
            Notification.Kind.GATEWAY_ONLINE,
            Notification.Kind.GATEWAY_OFFLINE);
  }

  @Test
  void a_gateway_that_joins_a_closed_incident_has_one_of_its_own() {
    consume(gym.presence(GATEWAY, false, NOON));
    consume(gym.presence(GATEWAY, true, NOON.plusSeconds(10)));
    consume(gym.presence(gateway(1), false, NOON));
    at(SETTLED.plusSeconds(60));
    assertThat(kinds()).containsExactly(Notification.Kind.GATEWAY_OFFLINE);
  }

  @ParameterizedTest
  @EnumSource(
      value = UnknownReason.class,
      names = {"SENSOR_DEAD", "SENSOR_STUCK", "SENSOR_CHATTERING"})
  void a_faulty_sensor_is_notified_once_and_its_recovery_once(UnknownReason reason) {
    FeedUpdate fault = gym.unknown(BIKE, reason, NOON);
    consume(fault, fault);
    consume(gym.unknown(BIKE, UnknownReason.SENSOR_DEAD, NOON.plusSeconds(20)));
    at(SETTLED);
    assertThat(channels.texts())
        .containsExactly(
            "The sensor of Bike 1 at Downtown is faulty since 2026-05-01T12:00:00Z: %s."
                .formatted(reason.wireName()));
    FeedUpdate well = gym.free(BIKE, SETTLED);
    consume(well, well);
    at(SETTLED.plusSeconds(1));
    assertThat(kinds())
        .containsExactly(Notification.Kind.SENSOR_FAULT, Notification.Kind.SENSOR_RECOVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = UnknownReason.class,
      names = {"GATEWAY_OFF", "SOURCE_DOWN", "NO_READING"})
  void a_machine_unknown_for_another_reason_is_no_sensor_fault(UnknownReason reason) {
    consume(gym.unknown(BIKE, reason, NOON));
    assertThat(open()).isEmpty();
  }

  @Test
  void a_gateway_that_is_off_does_not_recover_a_sensor() {
    consume(gym.unknown(BIKE, UnknownReason.SENSOR_DEAD, NOON));
    consume(gym.unknown(BIKE, UnknownReason.GATEWAY_OFF, NOON.plusSeconds(20)));
    assertThat(open()).hasSize(1);
  }

  @Test
  void a_notification_that_fails_is_repeated_under_its_id() {
    channels.returning(_ -> new DeliveryOutcome.Retry("no answer"));
    consume(gym.presence(GATEWAY, false, NOON));
    at(SETTLED);
    channels.returning(_ -> new DeliveryOutcome.Delivered());
    at(open().getFirst().due().orElseThrow());
    assertThat(channels.ids()).hasSize(2).containsOnly(channels.ids().getFirst());
    assertThat(open().getFirst().due()).isEmpty();
  }

  @Test
  void a_gateway_over_its_quota_is_notified_once_and_its_recovery_once() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    operators.overQuota(GATEWAY, "too much waiting", NOON.plusSeconds(20));
    at(NOON.plusSeconds(20));
    at(NOON.plusSeconds(20).plus(Incident.SETTLE));
    assertThat(channels.texts())
        .singleElement()
        .asString()
        .startsWith(
            "Gateway gw at Downtown is over its quota since 2026-05-01T12:00:00Z"
                + " (too much waiting).");
    at(NOON.plusSeconds(21).plus(OverQuota.RECOVERY));
    assertThat(kinds())
        .containsExactly(
            Notification.Kind.GATEWAY_OVER_QUOTA, Notification.Kind.GATEWAY_WITHIN_QUOTA);
    assertThat(open()).isEmpty();
  }

  @Test
  void a_gateway_over_its_quota_can_go_offline_and_return_meanwhile() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    at(NOON);
    consume(gym.presence(GATEWAY, false, NOON));
    assertThat(open()).hasSize(2);
    consume(gym.presence(GATEWAY, true, NOON.plusSeconds(10)));
    assertThat(open()).singleElement().matches(it -> it.kind() == IncidentKind.GATEWAY_OVER_QUOTA);
  }

  @Test
  void an_episode_of_an_earlier_process_ends_after_ten_minutes_within_quota() {
    incidents.create(Incident.overQuota(NOON, new Subject.Quota(GATEWAY), "more", List.of(), NOON));
    operators.resumeQuotas(NOON.plusSeconds(60));
    at(NOON.plus(OverQuota.RECOVERY));
    assertThat(open()).hasSize(1);
    at(NOON.plusSeconds(60).plus(OverQuota.RECOVERY));
    assertThat(open()).isEmpty();
  }

  @Test
  void a_message_received_while_the_clock_was_ahead_keeps_no_incident_open() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    at(NOON);
    operators.overQuota(GATEWAY, "too much waiting", NOON.plus(Duration.ofDays(400)));
    at(NOON.plusSeconds(60));
    assertThat(open()).isEmpty();
  }

  private void consume(FeedUpdate... updates) {
    for (FeedUpdate update : updates) {
      operators.consume(update, now);
    }
  }

  private void at(Instant moment) {
    now = moment;
    operators.run(moment);
  }

  private List<Notification.Kind> kinds() {
    return channels.attempts().stream()
        .map(RecordingChannels.Attempt::notification)
        .map(Notification::kind)
        .toList();
  }

  private static GatewayAddress gateway(int number) {
    return new GatewayAddress(GYM, new GatewayId("gw-" + number));
  }

  private List<Incident> open() {
    return incidents.open(Optional.empty(), 9).items();
  }
}
