package io.gympulse.cloud.incident;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.incident.HealthProblem;
import io.gympulse.cloud.core.incident.HealthProblem.Finding;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.ingest.HealthObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Opens an incident for each problem that a gateway reports in its health, and closes it when the
/// gateway reports that it is over; [OperatorIncidents] notifies operators.
///
/// An incident stays open for [#LEAST], so that a value that varies about its limit notifies at
/// most once in that time. Safe for any number of threads and processes.
public final class HealthIncidents implements HealthObserver {
  static final Duration LEAST = Duration.ofHours(1);

  private final Incidents incidents;
  private final List<Channel> operators;
  private final InstantSource clock;

  public HealthIncidents(Incidents incidents, List<Channel> operators, InstantSource clock) {
    this.incidents = incidents;
    this.operators = List.copyOf(operators);
    this.clock = clock;
  }

  @Override
  public void reported(ReceivedHealth health) {
    for (HealthProblem problem : HealthProblem.values()) {
      Subject.Health subject = new Subject.Health(health.health().from(), problem);
      switch (problem.in(health.health())) {
        case Finding.Present(String detail) -> present(subject, detail, health.reportedAt());
        case Finding.Absent _ -> absent(subject);
        case Finding.Unknown _ -> {}
      }
    }
  }

  private void present(Subject.Health subject, String detail, Instant since) {
    if (incidents.openFor(subject).isEmpty()) {
      incidents.create(Incident.gatewayHealth(since, subject, detail, operators, clock.instant()));
    }
  }

  private void absent(Subject.Health subject) {
    Instant now = clock.instant();
    Optional<Incident> open = incidents.openFor(subject);
    while (open.isPresent() && !open.get().since().plus(LEAST).isAfter(now)) {
      Incident recovered = open.get().recovered(subject, operators, now);
      if (incidents.replace(open.get(), recovered)) {
        return;
      }
      open = incidents.openFor(subject);
    }
  }
}
