package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.util.Optional;

/// A gateway's sign of life, each minute.
///
/// If it names its outbox and vouches for some time, all that outbox's events from before
/// `coveredTo` are stored and nothing before it will be revised, whatever else waits.
///
/// @param coveredTo up to when; empty if it vouches for nothing
/// @param outboxDepth events that wait for their acknowledgement
/// @param outbox the outbox that it speaks of; earlier gateways do not name it
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

  /// One that does not name its outbox.
  public Heartbeat(
      GatewayAddress from, Instant sentAt, Optional<Instant> coveredTo, long outboxDepth) {
    this(from, sentAt, coveredTo, outboxDepth, Optional.empty());
  }
}
