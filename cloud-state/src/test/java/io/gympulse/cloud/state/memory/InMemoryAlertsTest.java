package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.alert.Alerts;
import io.gympulse.cloud.state.alert.AlertsContract;

class InMemoryAlertsTest extends AlertsContract {
  private final Alerts alerts = new InMemoryAlerts();

  @Override
  protected Alerts alerts() {
    return alerts;
  }
}
