package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;

/// Takes reports of gateways that send events of a copied outbox. Safe for any number of threads.
public interface OutboxConflicts {
  /// Nobody is told.
  OutboxConflicts UNREPORTED = (_, _) -> {};

  /// The store has refused events of this outbox from this gateway, perhaps not for the first time.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the report cannot be kept
  void refused(GatewayAddress from, OutboxId outbox);
}
