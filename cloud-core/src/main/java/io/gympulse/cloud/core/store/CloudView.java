package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The queries of the API. Every method throws [StoreUnavailableException] while the store cannot
/// be read. Safe for any number of threads.
public interface CloudView {
  /// By gym id.
  List<FloorPlan> floorPlans();

  Optional<CurrentState> state(MachineId machine);

  /// By machine id.
  List<CurrentState> states(GymId gym);

  /// By gateway id, of those that sent a message at least once.
  List<GatewayPresence> presences();

  /// A machine's changes within `[from, to)`, in [HistoryEntry#ORDER].
  List<HistoryEntry> history(MachineId machine, Instant from, Instant to);

  /// A category's windows that begin within `[from, to)`, ascending. A window that is absent is
  /// unknown throughout; windows that have expired by `now` are absent.
  List<CategoryBin> aggregates(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now);
}
