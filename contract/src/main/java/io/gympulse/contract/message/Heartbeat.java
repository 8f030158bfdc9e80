package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.util.Optional;

/// A gateway's sign of life, each minute.
///
/// @param coveredTo as in [EventBatch], provided everything appended so far is stored
/// @param outboxDepth events that wait for their acknowledgement
public record Heartbeat(
    GatewayAddress from, Instant sentAt, Optional<Instant> coveredTo, long outboxDepth)
    implements GatewayMessage {
  public Heartbeat {
    if (outboxDepth < 0) {
      throw new IllegalArgumentException("outboxDepth %d is negative".formatted(outboxDepth));
    }
  }
}
