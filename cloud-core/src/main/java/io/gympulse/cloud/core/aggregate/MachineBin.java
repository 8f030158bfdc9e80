package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.event.MachineStatus;

/// One machine's occupancy within one [Window].
///
/// @param occupied milliseconds; with `free` and `unknown` they add up to the window's 900,000
/// @param transitions how often its status changed
/// @param start its status as the window began, before anything that happened at that very moment
/// @param end its status as the window ended: the `start` of the next one
public record MachineBin(
    long occupied,
    long free,
    long unknown,
    int transitions,
    MachineStatus start,
    MachineStatus end) {
  /// The bin of a machine without data.
  public static final MachineBin UNKNOWN =
      new MachineBin(
          0, 0, Window.LENGTH.toMillis(), 0, MachineStatus.UNKNOWN, MachineStatus.UNKNOWN);

  public MachineBin {
    if (occupied < 0
        || free < 0
        || unknown < 0
        || occupied + free + unknown != Window.LENGTH.toMillis()) {
      throw new IllegalArgumentException(
          "%d occupied, %d free and %d unknown are not a quarter of an hour"
              .formatted(occupied, free, unknown));
    }
    if (transitions < 0) {
      throw new IllegalArgumentException("%d transitions are impossible".formatted(transitions));
    }
  }
}
