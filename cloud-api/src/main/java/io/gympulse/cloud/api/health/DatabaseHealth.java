package io.gympulse.cloud.api.health;

import io.gympulse.cloud.state.store.CloudView;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import jakarta.inject.Singleton;

/// Whether the cloud's database can be read.
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
  public Standing check() {
    try {
      return Standing.up("%d floor plans".formatted(view.floorPlans().size()));
    } catch (StoreUnavailableException e) {
      return Standing.down(String.valueOf(e.getMessage()));
    }
  }
}
