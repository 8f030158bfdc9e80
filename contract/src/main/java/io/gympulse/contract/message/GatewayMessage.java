package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;

/// What a gateway says to the cloud.
public sealed interface GatewayMessage permits EventBatch, Snapshot, Heartbeat {
  GatewayAddress from();

  /// When it was sent, by the gateway's wall clock.
  Instant sentAt();
}
