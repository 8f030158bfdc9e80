package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.util.Optional;

/// A message that a gateway sends each minute to show that it is running.
///
/// If both `outbox` and `coveredTo` are present, all events of that outbox from before `coveredTo`
/// are stored, and none from before it will be revised.
///
/// @param coveredTo the time up to which the gateway's data is complete; empty if unknown
/// @param outboxDepth the number of events not yet acknowledged
/// @param outbox the outbox that `coveredTo` and `outboxDepth` refer to; empty from gateways of
///     earlier versions
public record Heartbeat(
    GatewayAddress from,
    Instant sentAt,
    Optional<Instant> coveredTo,
    long outboxDepth,
    Optional<OutboxId> outbox)
    implements GatewayMessage {
  public Heartbeat {
    if (outboxDepth < 0) {
      throw new IllegalArgumentException("outboxDepth %d is negative".formatted(outboxDepth));
    }
  }

  /// Without an outbox.
  public Heartbeat(
      GatewayAddress from, Instant sentAt, Optional<Instant> coveredTo, long outboxDepth) {
    this(from, sentAt, coveredTo, outboxDepth, Optional.empty());
  }
}
