package io.gympulse.cloud.core.floor;

import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Machines on no floor plan, kept apart under the gym that spoke of them until an operator adopts
/// them: [FloorPlans#register] takes those on the plan out of its gym's. Safe for any number of
/// threads.
public interface UnregisteredMachines {
  /// How many are kept of a gym. Only its own gateway speaks for a gym, so none takes the place of
  /// another's.
  int MOST_PER_GYM = 500;

  /// How long one is kept after it was last seen; the store removes it some time later.
  Duration KEPT = Duration.ofDays(30);

  /// Notes that a machine was spoken of. Of a gym that has [#MOST_PER_GYM] of them, no further one
  /// is noted until some were adopted or expired.
  ///
  /// @return whether it is noted
  boolean seen(GymId gym, MachineId machine, Instant at);

  /// Those of each gym by machine id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<UnregisteredMachine, UnregisteredMachine.Key> page(
      Optional<UnregisteredMachine.Key> after, int size);
}
