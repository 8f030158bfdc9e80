package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;

/// Is notified of the health that gateways report. Safe for any number of threads.
@FunctionalInterface
public interface HealthObserver {
  HealthObserver NONE = _ -> {};

  /// A gateway's health was stored as its latest, perhaps not for the first time.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if what follows from it cannot
  ///     be stored
  void reported(ReceivedHealth health);
}
