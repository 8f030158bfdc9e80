package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.AlertsContract;

class InMemoryAlertsTest extends AlertsContract {
  private final Alerts alerts = new InMemoryAlerts();

  @Override
  protected Alerts alerts() {
    return alerts;
  }
}
