package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.time.Instant;

/// What is concluded from one sensor, for display and logs.
///
/// @param verdict `free`, `occupied`, or why its readings cannot be used: `no-reading`,
///     `gateway-off`, `source-down`, `device-unavailable`, `dead`, `stuck`, `chattering`,
///     `overflowed`
/// @param since since when that holds, on the gateway's timeline
/// @param reason the cause in words, a part of a sentence; empty if the readings are used as they
///     come
public record SensorVerdict(
    SensorId sensor, MachineId machine, String verdict, Instant since, String reason) {}
