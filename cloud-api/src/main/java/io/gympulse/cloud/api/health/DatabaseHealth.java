package io.gympulse.cloud.api.health;

import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import jakarta.inject.Singleton;
import java.util.List;

/// Whether the cloud's database can be read, and holds what can be understood.
@Singleton
final class DatabaseHealth implements Dependency {
  private final CloudView view;

  DatabaseHealth(CloudView view) {
    this.view = view;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean needed() {
    return true;
  }

  /// Reads what members' requests read: a damaged file fails only where it is damaged.
  @Override
  public Standing check() {
    try {
      List<FloorPlan> plans = view.floorPlans();
      plans.forEach(it -> view.states(it.gym().id()));
      var _ = view.presences();
      return Standing.up("%d floor plans".formatted(plans.size()));
    } catch (RuntimeException e) {
      return Standing.down(String.valueOf(e.getMessage()));
    }
  }
}
