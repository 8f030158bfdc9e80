package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One machine. Methods throw [io.gympulse.cloud.core.store.StoreUnavailableException] while the
/// store cannot be read. Safe for any number of threads.
public interface MachineQueries {
  /// Empty if no floor plan contains it.
  Optional<MachineDetail> find(MachineId machine);

  /// The changes within `[from, to)`, in [HistoryEntry#ORDER], whether a floor plan contains the
  /// machine or not. Changes that have expired are absent.
  List<HistoryEntry> history(MachineId machine, Instant from, Instant to);
}
