package io.gympulse.cloud.incident;

import static io.gympulse.cloud.dispatch.Floor.BIKE;
import static io.gympulse.cloud.dispatch.Floor.GATEWAY;
import static io.gympulse.cloud.dispatch.Floor.GYM;
import static io.gympulse.cloud.dispatch.Floor.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.alert.Courier;
import io.gympulse.cloud.alert.DeliveryCounters;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.NotificationKind;
import io.gympulse.cloud.alert.Told;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentKind;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.memory.InMemoryIncidents;
import io.gympulse.cloud.dispatch.Floor;
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

  private final Floor floor = new Floor();
  private final Incidents incidents = new InMemoryIncidents();
  private final Told told = new Told();
  private Instant now = NOON;
  private final OperatorIncidents operators =
      new OperatorIncidents(
          incidents,
          floor.store().floorPlans(),
          new OperatorIncidents.Desk(
              List.of(new Channel.Email("ops@example.org")),
              new Courier(told.channels(), Runnable::run, new DeliveryCounters())),
          () -> now,
          new Random(1));

  @Test
  void a_silent_gateway_is_told_once_and_its_return_once() {
    FeedUpdate silent = floor.presence(GATEWAY, false, NOON);
    follow(silent, silent);
    at(SETTLED);
    at(SETTLED.plusSeconds(1));
    assertThat(told.texts())
        .containsExactly(
            "Gateway gw at Downtown is not heard any more, noticed at 2026-05-01T12:00:00Z.");
    FeedUpdate back = floor.presence(GATEWAY, true, SETTLED.plusSeconds(60));
    follow(back, back);
    at(SETTLED.plusSeconds(60));
    follow(silent);
    at(SETTLED.plusSeconds(120));
    assertThat(kinds())
        .containsExactly(NotificationKind.GATEWAY_OFFLINE, NotificationKind.GATEWAY_ONLINE);
    assertThat(open()).isEmpty();
  }

  @Test
  void gateways_that_fall_silent_at_the_same_sweep_are_one_incident_that_says_so() {
    for (int i = 0; i < 40; i++) {
      follow(floor.presence(gateway(i), false, NOON));
    }
    at(SETTLED);
    assertThat(told.texts()).hasSize(1);
    assertThat(told.texts().getFirst())
        .startsWith("40 gateways fell silent at once")
        .contains("gw-0 at Downtown", "and 35 more");
    for (int i = 0; i < 40; i++) {
      follow(floor.presence(gateway(i), true, SETTLED.plusSeconds(i)));
    }
    at(SETTLED.plusSeconds(60));
    assertThat(kinds())
        .containsExactly(
            NotificationKind.MANY_GATEWAYS_OFFLINE, NotificationKind.MANY_GATEWAYS_ONLINE);
  }

  @Test
  void those_that_come_back_before_it_is_told_are_not_told_of() {
    follow(floor.presence(GATEWAY, false, NOON));
    follow(floor.presence(GATEWAY, true, NOON.plusSeconds(10)));
    at(SETTLED);
    assertThat(told.attempts()).isEmpty();
  }

  @Test
  void another_silence_is_another_episode() {
    follow(floor.presence(GATEWAY, false, NOON));
    at(SETTLED);
    follow(floor.presence(GATEWAY, true, SETTLED.plusSeconds(10)));
    at(SETTLED.plusSeconds(10));
    Instant again = SETTLED.plusSeconds(600);
    follow(floor.presence(GATEWAY, false, again));
    at(again.plus(Incident.SETTLE));
    assertThat(kinds())
        .containsExactly(
            NotificationKind.GATEWAY_OFFLINE,
            NotificationKind.GATEWAY_ONLINE,
            NotificationKind.GATEWAY_OFFLINE);
  }

  @Test
  void a_gateway_that_joins_an_occasion_that_is_over_has_an_incident_of_its_own() {
    follow(floor.presence(GATEWAY, false, NOON));
    follow(floor.presence(GATEWAY, true, NOON.plusSeconds(10)));
    follow(floor.presence(gateway(1), false, NOON));
    at(SETTLED.plusSeconds(60));
    assertThat(kinds()).containsExactly(NotificationKind.GATEWAY_OFFLINE);
  }

  @ParameterizedTest
  @EnumSource(
      value = UnknownReason.class,
      names = {"SENSOR_DEAD", "SENSOR_STUCK", "SENSOR_CHATTERING"})
  void a_sensor_that_is_not_believed_is_told_once_and_its_recovery_once(UnknownReason reason) {
    FeedUpdate fault = floor.unknown(BIKE, reason, NOON);
    follow(fault, fault);
    follow(floor.unknown(BIKE, UnknownReason.SENSOR_DEAD, NOON.plusSeconds(20)));
    at(SETTLED);
    assertThat(told.texts())
        .containsExactly(
            "The sensor of Bike 1 at Downtown is not believed since 2026-05-01T12:00:00Z: %s."
                .formatted(reason.wireName()));
    FeedUpdate well = floor.free(BIKE, SETTLED);
    follow(well, well);
    at(SETTLED.plusSeconds(1));
    assertThat(kinds())
        .containsExactly(NotificationKind.SENSOR_FAULT, NotificationKind.SENSOR_RECOVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = UnknownReason.class,
      names = {"GATEWAY_OFF", "SOURCE_DOWN", "NO_READING"})
  void a_machine_unknown_for_another_reason_is_no_sensor_fault(UnknownReason reason) {
    follow(floor.unknown(BIKE, reason, NOON));
    assertThat(open()).isEmpty();
  }

  @Test
  void a_gateway_that_is_off_does_not_heal_a_sensor() {
    follow(floor.unknown(BIKE, UnknownReason.SENSOR_DEAD, NOON));
    follow(floor.unknown(BIKE, UnknownReason.GATEWAY_OFF, NOON.plusSeconds(20)));
    assertThat(open()).hasSize(1);
  }

  @Test
  void a_notification_that_fails_is_repeated_under_its_id() {
    told.answer(_ -> new Outcome.Retry("no answer"));
    follow(floor.presence(GATEWAY, false, NOON));
    at(SETTLED);
    told.answer(_ -> new Outcome.Delivered());
    at(open().getFirst().due().orElseThrow());
    assertThat(told.ids()).hasSize(2).containsOnly(told.ids().getFirst());
    assertThat(open().getFirst().due()).isEmpty();
  }

  @Test
  void a_gateway_over_its_quota_is_told_once_and_its_rest_once() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    operators.overQuota(GATEWAY, "too much waiting", NOON.plusSeconds(20));
    at(NOON.plusSeconds(20));
    at(NOON.plusSeconds(20).plus(Incident.SETTLE));
    assertThat(told.texts())
        .singleElement()
        .asString()
        .startsWith(
            "Gateway gw at Downtown sends more than one gateway may since 2026-05-01T12:00:00Z"
                + " (too much waiting).");
    at(NOON.plusSeconds(21).plus(OverQuota.QUIET));
    assertThat(kinds())
        .containsExactly(
            NotificationKind.GATEWAY_OVER_QUOTA, NotificationKind.GATEWAY_WITHIN_QUOTA);
    assertThat(open()).isEmpty();
  }

  @Test
  void a_gateway_over_its_quota_can_fall_silent_and_come_back_meanwhile() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    at(NOON);
    follow(floor.presence(GATEWAY, false, NOON));
    assertThat(open()).hasSize(2);
    follow(floor.presence(GATEWAY, true, NOON.plusSeconds(10)));
    assertThat(open()).singleElement().matches(it -> it.kind() == IncidentKind.GATEWAY_OVER_QUOTA);
  }

  @Test
  void what_an_earlier_process_left_open_ends_after_ten_quiet_minutes() {
    incidents.create(Incident.overQuota(NOON, new Subject.Quota(GATEWAY), "more", List.of(), NOON));
    operators.resumeQuotas(NOON.plusSeconds(60));
    at(NOON.plus(OverQuota.QUIET));
    assertThat(open()).hasSize(1);
    at(NOON.plusSeconds(60).plus(OverQuota.QUIET));
    assertThat(open()).isEmpty();
  }

  @Test
  void a_message_that_came_while_the_clock_ran_ahead_keeps_no_incident_open() {
    operators.overQuota(GATEWAY, "too much waiting", NOON);
    at(NOON);
    operators.overQuota(GATEWAY, "too much waiting", NOON.plus(Duration.ofDays(400)));
    at(NOON.plusSeconds(60));
    assertThat(open()).isEmpty();
  }

  private void follow(FeedUpdate... updates) {
    for (FeedUpdate update : updates) {
      operators.follow(update, now);
    }
  }

  private void at(Instant moment) {
    now = moment;
    operators.onSchedule(moment);
  }

  private List<NotificationKind> kinds() {
    return told.attempts().stream()
        .map(Told.Attempt::notification)
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
