package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.Window;
import java.util.BitSet;

/// What one window says of a category: which machines were in use at its start, and how many uses
/// began and ended within it. Machines are numbered by their [OccupancyHistory].
///
/// @param known the machines whose status at the start is known
/// @param occupied those of them that were in use then
/// @param flow within the window, of known time only
record OccupancyWindow(Window window, BitSet known, BitSet occupied, Flow flow) {
  /// @param arrivals uses that began. A source that has to estimate them may have some below 0, as
  ///     only their sums are used
  /// @param departures uses that ended
  /// @param busyHours machine-hours in use
  /// @param freeHours machine-hours free
  record Flow(double arrivals, double departures, double busyHours, double freeHours) {}

  int inUse() {
    return occupied.cardinality();
  }

  int knownMachines() {
    return known.cardinality();
  }

  /// Hours in which at least one machine was free: at most the window, at most the free
  /// machine-hours. An upper bound, as a window does not say which machines were free at once.
  double openHours() {
    return Math.min(Window.LENGTH.toMinutes() / 60.0, flow.freeHours());
  }
}
