package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine.Fusion;
import java.util.List;
import java.util.Optional;

/// Combines the verdicts on several sensors of one machine in Kleene's three-valued logic: the
/// machine is occupied if a quorum of them is, free if no quorum could be reached even if all
/// unknown ones were occupied, and otherwise unknown, for the reason that has lasted longest.
///
/// Limit: the present verdicts are combined, and a verdict that is back-dated later is not
/// replayed. If one sensor still holds its machine occupied for its hold or vacancy timeout, and
/// another is lost meanwhile, the machine counts as occupied until the loss, though the first
/// sensor later turns out to have been free from earlier on.
///
/// @param quorum the number of occupied sensors that make the machine occupied
record FusionRule(int quorum) {

  /// @param since in epoch milliseconds
  record Result(MachineStatus status, Optional<UnknownReason> reason, long since) {}

  static FusionRule of(Fusion fusion, int sensors) {
    return new FusionRule(fusion.quorum(sensors));
  }

  Result combine(List<SensorState> sensors) {
    if (sensors.size() == 1) {
      SensorState only = sensors.getFirst();
      return new Result(only.verdict().status(), only.verdict().reason(), only.since());
    }
    long[] occupied = startTimes(sensors, MachineStatus.OCCUPIED);
    if (occupied.length >= quorum) {
      return new Result(MachineStatus.OCCUPIED, Optional.empty(), occupied[quorum - 1]);
    }
    long[] free = startTimes(sensors, MachineStatus.FREE);
    int veto = sensors.size() - quorum + 1;
    if (free.length >= veto) {
      return new Result(MachineStatus.FREE, Optional.empty(), free[veto - 1]);
    }
    return unknown(sensors);
  }

  private static Result unknown(List<SensorState> sensors) {
    Optional<UnknownReason> reason = Optional.empty();
    long earliest = SensorState.NEVER;
    long latest = Long.MIN_VALUE;
    for (SensorState sensor : sensors) {
      latest = Math.max(latest, sensor.since());
      if (sensor.verdict().status() == MachineStatus.UNKNOWN && sensor.since() < earliest) {
        earliest = sensor.since();
        reason = sensor.verdict().reason();
      }
    }
    return new Result(MachineStatus.UNKNOWN, reason, latest);
  }

  private static long[] startTimes(List<SensorState> sensors, MachineStatus status) {
    return sensors.stream()
        .filter(it -> it.verdict().status() == status)
        .mapToLong(SensorState::since)
        .sorted()
        .toArray();
  }
}
