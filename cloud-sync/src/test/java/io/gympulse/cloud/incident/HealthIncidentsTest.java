package io.gympulse.cloud.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.gateway.SampleHealth;
import io.gympulse.cloud.core.incident.HealthProblem;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentKind;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.memory.InMemoryIncidents;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.ThrottlingCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthIncidentsTest {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final List<Channel> OPERATORS = List.of(new Channel.Email("ops@example.org"));

  private final InMemoryIncidents incidents = new InMemoryIncidents();
  private Instant now = NOON;
  private final HealthIncidents health = new HealthIncidents(incidents, OPERATORS, () -> now);

  @Test
  void each_problem_opens_one_incident_that_says_what_is_wrong() {
    GatewayHealth bad =
        SampleHealth.with(
            SampleHealth.with(healthy(), SampleHealth.storage(120_000_000L, 0.75)),
            SampleHealth.device(true, ThrottlingCause.THROTTLED, ThrottlingCause.UNDER_VOLTAGE));
    report(bad);
    report(bad);
    assertThat(open(HealthProblem.DISK_NEARLY_FULL).orElseThrow().detail())
        .isEqualTo("its disk is nearly full, 120 of 16000 MB are free");
    assertThat(open(HealthProblem.THROTTLED).orElseThrow().detail())
        .isEqualTo("it reports under-voltage, throttled");
    assertThat(open(HealthProblem.CARD_WEARS_OUT).orElseThrow().detail())
        .isEqualTo("it writes so much that its card lasts 0.8 years from new");
    assertThat(incidents.due(NOON.plus(Incident.SETTLE), 9))
        .hasSize(3)
        .allMatch(it -> it.kind() == IncidentKind.GATEWAY_HEALTH);
    assertThat(
            new IncidentWording(new InMemoryCloudStore().floorPlans())
                .of(open(HealthProblem.THROTTLED).orElseThrow(), "id")
                .text())
        .isEqualTo(
            "Gateway g-gw at g needs attention since 2026-05-01T12:00:00Z: it reports under-voltage, throttled.");
  }

  @Test
  void a_problem_that_is_over_closes_its_incident_after_an_hour_and_not_before() {
    GatewayHealth throttled =
        SampleHealth.with(healthy(), SampleHealth.device(true, ThrottlingCause.UNDER_VOLTAGE));
    report(throttled);
    now = NOON.plus(HealthIncidents.LEAST).minusSeconds(1);
    report(healthy());
    assertThat(open(HealthProblem.THROTTLED)).isPresent();
    now = NOON.plus(HealthIncidents.LEAST);
    report(healthy());
    assertThat(open(HealthProblem.THROTTLED)).isEmpty();
    now = now.plus(Duration.ofMinutes(1));
    report(throttled);
    assertThat(open(HealthProblem.THROTTLED).orElseThrow().since()).isEqualTo(now);
  }

  @Test
  void a_value_that_is_not_reported_neither_opens_nor_closes() {
    GatewayHealth silent =
        SampleHealth.with(
            healthy(),
            new Device(
                true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    report(silent);
    assertThat(open(HealthProblem.THROTTLED)).isEmpty();
    report(
        SampleHealth.with(healthy(), SampleHealth.device(true, ThrottlingCause.FREQUENCY_CAPPED)));
    now = NOON.plus(HealthIncidents.LEAST.multipliedBy(2));
    report(silent);
    assertThat(open(HealthProblem.THROTTLED)).isPresent();
  }

  private static GatewayHealth healthy() {
    return SampleHealth.of(GATEWAY, NOON);
  }

  private void report(GatewayHealth reported) {
    GatewayHealth it = reported;
    health.reported(
        new ReceivedHealth(
            new GatewayHealth(
                it.from(),
                now,
                it.delivery(),
                it.device(),
                it.storage(),
                it.software(),
                it.sensors()),
            now));
  }

  private Optional<Incident> open(HealthProblem problem) {
    return incidents.openFor(new Subject.Health(GATEWAY, problem));
  }
}
