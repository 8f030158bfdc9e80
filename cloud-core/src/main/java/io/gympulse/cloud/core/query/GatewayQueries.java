package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.contract.id.GatewayId;
import java.util.Optional;

/// One gateway. Throws [io.gympulse.cloud.core.store.StoreUnavailableException] while the store
/// cannot be read. Safe for any number of threads.
public interface GatewayQueries {
  /// The latest health; empty if the gateway has reported none, or does not exist.
  Optional<ReceivedHealth> health(GatewayId gateway);
}
