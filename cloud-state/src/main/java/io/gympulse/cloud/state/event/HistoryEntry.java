package io.gympulse.cloud.state.event;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;

/// From `at` on, a machine had this status.
///
/// @param summary what is left of coalesced changes before `at`, if there were any
public record HistoryEntry(
    Instant at, MachineStatus status, Optional<UnknownReason> reason, Optional<Summary> summary) {

  /// A change without coalesced ones before it.
  public HistoryEntry(Instant at, MachineStatus status, Optional<UnknownReason> reason) {
    this(at, status, reason, Optional.empty());
  }
}
