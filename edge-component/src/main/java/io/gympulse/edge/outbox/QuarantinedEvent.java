package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;

/// An event that the cloud will never accept as things are.
///
/// @param reason what the cloud said
public record QuarantinedEvent(MachineEvent event, String reason) {}
