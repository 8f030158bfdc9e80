package io.gympulse.cloud.api.health;

import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import jakarta.inject.Singleton;
import java.util.List;

/// Whether the cloud's database can be read and decoded.
@Singleton
final class DatabaseHealthCheck implements HealthCheck {
  private final CloudView view;

  DatabaseHealthCheck(CloudView view) {
    this.view = view;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean required() {
    return true;
  }

  /// Reads what members' requests read, since a damaged file fails only at its damaged pages.
  @Override
  public HealthStatus check() {
    try {
      List<FloorPlan> plans = view.floorPlans();
      plans.forEach(it -> view.states(it.gym().id()));
      var _ = view.presences();
      return HealthStatus.up("%d floor plans".formatted(plans.size()));
    } catch (RuntimeException e) {
      return HealthStatus.down(String.valueOf(e.getMessage()));
    }
  }
}
