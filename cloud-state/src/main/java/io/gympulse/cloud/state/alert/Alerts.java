package io.gympulse.cloud.state.alert;

import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every member's alerts. Methods throw
/// [io.gympulse.cloud.state.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Alerts {
  /// Keeps a new alert. Doing it again with the same alert changes nothing.
  void create(Alert alert);

  Optional<Alert> find(UserId user, AlertId id);

  /// Newest first.
  List<Alert> ofUser(UserId user);

  /// The active ones that wait for this machine, by id.
  List<Alert> watching(MachineId machine);

  /// Those whose [Alert#due] has come, the longest due first.
  List<Alert> due(Instant now, int limit);

  /// Keeps `next`, a successor of `expected`, if `expected` is still what is kept: firing and what
  /// is to be sent for it are one write.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Alert expected, Alert next);
}
