package io.gympulse.sim.day;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;

/// One visitor's use of one machine. The machine is occupied from `from` (inclusive) to `to`
/// (exclusive), rests included; it moves only during the efforts. Times are whole milliseconds.
///
/// @param efforts at least one, ascending, disjoint, within the use
public record MachineUse(MachineId machine, Instant from, Instant to, List<Effort> efforts) {
  /// A period in which the machine moves: one set, or a whole ride.
  public record Effort(Instant from, Instant to) {
    public Effort {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "an effort must end after it begins: " + from + ", " + to);
      }
    }
  }

  public MachineUse {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a use must end after it begins: " + from + ", " + to);
    }
    if (efforts.isEmpty()) {
      throw new IllegalArgumentException("a use needs at least one effort");
    }
    Instant free = from;
    for (Effort effort : efforts) {
      if (effort.from().isBefore(free) || effort.to().isAfter(to)) {
        throw new IllegalArgumentException("efforts must ascend within the use: " + efforts);
      }
      free = effort.to();
    }
    efforts = List.copyOf(efforts);
  }

  /// Whether the machine is occupied by this use at the given time.
  public boolean covers(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
