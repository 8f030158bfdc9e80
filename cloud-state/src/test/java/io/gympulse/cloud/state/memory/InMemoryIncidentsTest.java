package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.incident.Incidents;
import io.gympulse.cloud.state.incident.IncidentsContract;

class InMemoryIncidentsTest extends IncidentsContract {
  private final Incidents incidents = new InMemoryIncidents();

  @Override
  protected Incidents incidents() {
    return incidents;
  }
}
