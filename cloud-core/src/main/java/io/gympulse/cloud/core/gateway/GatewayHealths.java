package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.GatewayHealth;
import java.time.Instant;
import java.util.Optional;

/// Keeps the latest health of each gateway, of at most
/// [io.gympulse.contract.codec.GatewayHealthCodec#MAX_BYTES]. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface GatewayHealths {
  /// Stores the health unless a later one of the gateway is stored, by
  /// [ReceivedHealth#reportedAt]. Of equally late ones the last one offered stays.
  ///
  /// @return whether it is stored now
  boolean offer(ReceivedHealth health);

  Optional<ReceivedHealth> find(GatewayId gateway);

  /// @param receivedAt stamped by the cloud's endpoint
  record ReceivedHealth(GatewayHealth health, Instant receivedAt) {
    /// The time that the health is of: when it was sent, but when it arrived if the gateway's clock
    /// was not synchronised or was ahead.
    public Instant reportedAt() {
      return health.device().clockSynchronised() && health.sentAt().isBefore(receivedAt)
          ? health.sentAt()
          : receivedAt;
    }
  }
}
