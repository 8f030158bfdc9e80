package io.gympulse.cloud.api.gyms;

import java.util.List;

/// Machines by the status shown; the four sum to the total. `free` counts machines known to be
/// free: beside `unknown` or `offline` ones it is a lower bound.
public record Counts(int total, int free, int occupied, int unknown, int offline) {
  static Counts of(List<MachineView> machines) {
    return new Counts(
        machines.size(),
        count(machines, "free"),
        count(machines, "occupied"),
        count(machines, "unknown"),
        count(machines, PresenceView.OFFLINE));
  }

  private static int count(List<MachineView> machines, String status) {
    return (int) machines.stream().filter(machine -> machine.status().equals(status)).count();
  }
}
