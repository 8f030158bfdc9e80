package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import java.util.List;

/// The state of one machine's [OccupancyDetector] between two steps. Immutable.
///
/// @param published the last transition
/// @param due when the passing of time alone will next change anything, in epoch milliseconds
/// @param pendingSince the earliest moment to which a later transition may be back-dated, in epoch
///     milliseconds
public record OccupancyState(
    MachineState published, List<SensorState> sensors, long due, long pendingSince) {
  public OccupancyState {
    sensors = List.copyOf(sensors);
  }
}
