package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;

/// Whom an answer goes to, and of which of its outboxes it speaks.
record OutboxOf(GatewayAddress to, OutboxId outbox) {}
