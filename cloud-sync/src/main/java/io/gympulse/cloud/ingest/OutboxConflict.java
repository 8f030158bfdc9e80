package io.gympulse.cloud.ingest;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;

/// An event that the store has refused: its outbox is another gateway's, or its number names
/// another event.
record OutboxConflict(GatewayAddress from, OutboxId outbox, MachineEvent event) {}
