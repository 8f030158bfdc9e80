package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Fusion;
import java.util.List;
import java.util.Optional;

/// What several sensors mean together, in Kleene's three-valued logic: the machine is occupied if
/// enough of them see somebody, free if too few could even if all the unknown ones did, and unknown
/// otherwise, for the reason that has been there for the longest.
///
/// Limit: sensors are joined as they are believed at the time, and a decision that goes back in
/// time is not played again. If one still holds its machine occupied for its hold or vacancy
/// timeout, and another is lost meanwhile, the machine is told to be occupied until the loss,
/// though the first is then found to have been free from earlier on.
///
/// @param quorum how many it takes
record FusionRule(int quorum) {

  /// What holds, and since when, in epoch milliseconds.
  record Verdict(MachineStatus status, Optional<UnknownReason> reason, long since) {}

  static FusionRule of(Fusion fusion, int sensors) {
    return new FusionRule(fusion.quorum(sensors));
  }

  Verdict verdict(List<SensorState> sensors) {
    if (sensors.size() == 1) {
      SensorState only = sensors.getFirst();
      return new Verdict(only.belief().status(), only.belief().reason(), only.since());
    }
    long[] occupied = sinces(sensors, MachineStatus.OCCUPIED);
    if (occupied.length >= quorum) {
      return new Verdict(MachineStatus.OCCUPIED, Optional.empty(), occupied[quorum - 1]);
    }
    long[] free = sinces(sensors, MachineStatus.FREE);
    int veto = sensors.size() - quorum + 1;
    if (free.length >= veto) {
      return new Verdict(MachineStatus.FREE, Optional.empty(), free[veto - 1]);
    }
    return unknown(sensors);
  }

  private static Verdict unknown(List<SensorState> sensors) {
    Optional<UnknownReason> reason = Optional.empty();
    long earliest = SensorState.NEVER;
    long latest = Long.MIN_VALUE;
    for (SensorState sensor : sensors) {
      latest = Math.max(latest, sensor.since());
      if (sensor.belief().status() == MachineStatus.UNKNOWN && sensor.since() < earliest) {
        earliest = sensor.since();
        reason = sensor.belief().reason();
      }
    }
    return new Verdict(MachineStatus.UNKNOWN, reason, latest);
  }

  private static long[] sinces(List<SensorState> sensors, MachineStatus status) {
    return sensors.stream()
        .filter(it -> it.belief().status() == status)
        .mapToLong(SensorState::since)
        .sorted()
        .toArray();
  }
}
