package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.IncidentsContract;

class InMemoryIncidentsTest extends IncidentsContract {
  private final Incidents incidents = new InMemoryIncidents();

  @Override
  protected Incidents incidents() {
    return incidents;
  }
}
