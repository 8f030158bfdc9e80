package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.List;

/// A sensor and the machine that it is mounted on.
///
/// @param category the machine's, which determines what moves
public record MountedSensor(MachineId machine, CategoryId category, Sensor sensor) {

  /// All sensors of a floor plan, in its order.
  public static List<MountedSensor> allOf(FloorPlan plan) {
    return plan.machines().stream()
        .flatMap(
            machine ->
                machine.sensors().stream()
                    .map(it -> new MountedSensor(machine.id(), machine.category(), it)))
        .toList();
  }
}
