package io.gympulse.cloud.core.event;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;

/// An event with the outbox that gives its sequence number meaning.
public record StoredEvent(OutboxId outbox, MachineEvent event) {}
