package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import java.util.List;

/// The outcome of one step.
///
/// @param state the very same one if nothing has changed
/// @param transitions the states the machine went through, in order, each differing from the one
///     before and from the one told last
public record Step(OccupancyState state, List<MachineState> transitions) {
  public Step {
    transitions = List.copyOf(transitions);
  }

  static Step unchanged(OccupancyState state) {
    return new Step(state, List.of());
  }
}
