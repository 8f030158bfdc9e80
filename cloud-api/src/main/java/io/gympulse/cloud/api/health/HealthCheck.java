package io.gympulse.cloud.api.health;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Checks one dependency of this process.
public interface HealthCheck {
  /// The dependency's key in the response.
  String name();

  /// Whether requests cannot be answered while it is down.
  boolean required();

  /// Checks now. May block for a short while; never throws.
  HealthStatus check();

  /// @param status `up` or `down`
  /// @param detail what was found, and if it is down what to do
  record HealthStatus(String status, String detail) {
    @JsonIgnore
    public boolean isUp() {
      return status.equals("up");
    }

    public static HealthStatus up(String detail) {
      return new HealthStatus("up", detail);
    }

    public static HealthStatus down(String detail) {
      return new HealthStatus("down", detail);
    }
  }
}
