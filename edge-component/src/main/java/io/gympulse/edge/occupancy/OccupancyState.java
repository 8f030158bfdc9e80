package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    static FusionRule of(Fusion fusion, int sensors) {
      return new FusionRule(fusion.quorum(sensors));
    }

    /// The state that follows from the present verdicts.
    MachineState combine(MachineId machine, List<SensorState> sensors) {
      if (sensors.size() == 1) {
        SensorState only = sensors.getFirst();
        return state(machine, only.verdict().status(), only.verdict().reason(), only.since());
      }
      long[] occupied = startTimes(sensors, MachineStatus.OCCUPIED);
      if (occupied.length >= quorum) {
        return state(machine, MachineStatus.OCCUPIED, Optional.empty(), occupied[quorum - 1]);
      }
      long[] free = startTimes(sensors, MachineStatus.FREE);
      int veto = sensors.size() - quorum + 1;
      if (free.length >= veto) {
        return state(machine, MachineStatus.FREE, Optional.empty(), free[veto - 1]);
      }
      return unknown(machine, sensors);
    }

    private static MachineState unknown(MachineId machine, List<SensorState> sensors) {
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
      return state(machine, MachineStatus.UNKNOWN, reason, latest);
    }

    private static MachineState state(
        MachineId machine, MachineStatus status, Optional<UnknownReason> reason, long since) {
      return new MachineState(machine, status, Instant.ofEpochMilli(since), reason);
    }

    private static long[] startTimes(List<SensorState> sensors, MachineStatus status) {
      return sensors.stream()
          .filter(it -> it.verdict().status() == status)
          .mapToLong(SensorState::since)
          .sorted()
          .toArray();
    }
  }
}
