package io.gympulse.cloud.core.floorplan;

import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Machines on no floor plan, kept under the gym that reported them until an operator adopts them:
/// [FloorPlans#register] removes those on the plan. Safe for any number of threads.
public interface UnregisteredMachines {
  /// The most that are kept per gym. Only a gym's own gateway can report for it, so no gym uses up
  /// another's share.
  int MOST_PER_GYM = 500;

  /// How long a machine is kept after its last report; the store removes it some time later.
  Duration KEPT = Duration.ofDays(30);

  /// A machine that was reported and is on no floor plan.
  ///
  /// @param reportCount how many reports; messages that are processed together count once
  record UnregisteredMachine(
      GymId gym, MachineId machine, Instant firstSeen, Instant lastSeen, long reportCount) {
    /// Identifies one machine.
    public record Key(GymId gym, MachineId machine) implements Comparable<Key> {
      private static final Comparator<Key> ORDER =
          Comparator.comparing(Key::gym).thenComparing(Key::machine);

      @Override
      public int compareTo(Key other) {
        return ORDER.compare(this, other);
      }
    }

    public Key key() {
      return new Key(gym, machine);
    }
  }

  /// Records a report. A gym with [#MOST_PER_GYM] machines gets no further one until some are
  /// adopted or expire.
  ///
  /// @return whether it was recorded
  boolean report(GymId gym, MachineId machine, Instant at);

  /// Those of each gym by machine id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<UnregisteredMachine, UnregisteredMachine.Key> page(
      Optional<UnregisteredMachine.Key> after, int size);
}
