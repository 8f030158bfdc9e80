package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import java.util.List;

/// Everything remembered of one machine between two steps.
///
/// @param published the state told last
public record OccupancyState(MachineState published, List<SensorState> sensors) {
  public OccupancyState {
    sensors = List.copyOf(sensors);
  }
}
