package io.gympulse.cloud.state.event;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;

/// From `at` on, a machine had this status.
public record HistoryEntry(Instant at, MachineStatus status, Optional<UnknownReason> reason) {}
