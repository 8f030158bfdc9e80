package io.gympulse.sim.day;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;

/// From `at` on (whole milliseconds) the machine really is occupied, or really is free.
public record TruthTransition(Instant at, MachineId machine, boolean occupied) {}
