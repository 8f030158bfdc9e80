package io.gympulse.cloud.state.floor;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;

/// A machine that was spoken of and stands on no floor plan.
///
/// @param mentions how many messages spoke of it
public record UnregisteredMachine(
    GymId gym, MachineId machine, Instant firstSeen, Instant lastSeen, long mentions) {}
