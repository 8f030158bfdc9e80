package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import java.util.List;

/// Everything remembered of one machine between two steps. Immutable.
///
/// @param published the state told last
/// @param due when time alone will next change anything, in epoch milliseconds
/// @param openSince from when on the past may still be seen in another way, in epoch milliseconds
public record OccupancyState(
    MachineState published, List<SensorState> sensors, long due, long openSince) {
  public OccupancyState {
    sensors = List.copyOf(sensors);
  }
}
