package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.MachineId;
import java.util.List;

/// A sensor where it is mounted.
public record Fitting(MachineId machine, Sensor sensor) {

  /// All sensors of a floor plan, in its order.
  public static List<Fitting> allOf(FloorPlan plan) {
    return plan.machines().stream()
        .flatMap(
            machine -> machine.sensors().stream().map(sensor -> new Fitting(machine.id(), sensor)))
        .toList();
  }
}
