package io.gympulse.contract.topic;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;

/// The machine a status topic speaks of.
public record MachineOnTopic(GymId gym, MachineId machine) {}
