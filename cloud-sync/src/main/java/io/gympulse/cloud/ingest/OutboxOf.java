package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import java.util.Optional;

/// Whom an answer goes to, and of which of its outboxes it speaks.
///
/// @param sender the process that sent the events, if it named itself: no other may take the answer
///     for its own
record OutboxOf(GatewayAddress to, OutboxId outbox, Optional<SenderId> sender) {

  OutboxOf(GatewayAddress to, OutboxId outbox) {
    this(to, outbox, Optional.empty());
  }
}
