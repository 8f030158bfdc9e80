package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.MachineId;
import java.util.List;

/// A sensor and the machine that it is mounted on.
public record MountedSensor(MachineId machine, Sensor sensor) {

  /// All sensors of a floor plan, in its order.
  public static List<MountedSensor> allOf(FloorPlan plan) {
    return plan.machines().stream()
        .flatMap(
            machine ->
                machine.sensors().stream().map(sensor -> new MountedSensor(machine.id(), sensor)))
        .toList();
  }
}
