package io.gympulse.edge.planted;

import io.gympulse.cloud.core.gateway.Gateway;
import org.jspecify.annotations.Nullable;

/// A class of the gateway that knows the cloud, for the test of the dependency rules.
final class EdgeViolations {
  @Nullable Gateway gateway;

  private EdgeViolations() {}
}
