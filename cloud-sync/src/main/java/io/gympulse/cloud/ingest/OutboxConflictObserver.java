package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;

/// Is notified of gateways that send events of a copied outbox. Safe for any number of threads.
public interface OutboxConflictObserver {
  OutboxConflictObserver NONE = (_, _) -> {};

  /// The store has rejected events of this outbox from this gateway, perhaps not for the first
  /// time.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the report cannot be stored
  void conflict(GatewayAddress from, OutboxId outbox);
}
