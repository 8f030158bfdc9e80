package io.gympulse.cloud.api.health;

import io.gympulse.cloud.core.query.BranchQueries;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Whether the cloud's database can be read and decoded.
@Singleton
final class DatabaseHealthCheck implements HealthCheck {
  private static final int BRANCHES = 100;

  private final BranchQueries branches;

  DatabaseHealthCheck(BranchQueries branches) {
    this.branches = branches;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean required() {
    return true;
  }

  /// Reads what members' requests read, of as many gyms as a page holds, since a damaged file fails
  /// only at its damaged pages.
  @Override
  public HealthStatus check() {
    try {
      var _ = branches.summaries(Optional.empty(), BRANCHES);
      return HealthStatus.up("readable");
    } catch (RuntimeException e) {
      return HealthStatus.down(String.valueOf(e.getMessage()));
    }
  }
}
