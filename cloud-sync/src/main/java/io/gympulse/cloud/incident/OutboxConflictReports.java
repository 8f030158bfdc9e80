package io.gympulse.cloud.incident;

import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.ingest.OutboxConflictObserver;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import java.time.InstantSource;
import java.util.List;

/// Opens an incident for each copied outbox, once per gateway and outbox; [OperatorIncidents]
/// notifies operators. Safe for any number of threads and processes.
public final class OutboxConflictReports implements OutboxConflictObserver {
  private final Incidents incidents;
  private final List<Channel> operators;
  private final InstantSource clock;

  public OutboxConflictReports(Incidents incidents, List<Channel> operators, InstantSource clock) {
    this.incidents = incidents;
    this.operators = List.copyOf(operators);
    this.clock = clock;
  }

  @Override
  public void conflict(GatewayAddress from, OutboxId outbox) {
    incidents.create(
        Incident.outboxConflict(new Subject.Gateway(from), outbox, operators, clock.instant()));
  }
}
