package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;

/// A message from a gateway to the cloud.
public sealed interface GatewayMessage permits EventBatch, Snapshot, Heartbeat, GatewayHealth {
  GatewayAddress from();

  /// The time of sending, by the gateway's wall clock.
  Instant sentAt();
}
