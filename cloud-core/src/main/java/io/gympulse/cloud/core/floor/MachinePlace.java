package io.gympulse.cloud.core.floor;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GatewayAddress;

/// A machine and who may speak for it.
public record MachinePlace(GatewayAddress owner, Machine machine) {}
