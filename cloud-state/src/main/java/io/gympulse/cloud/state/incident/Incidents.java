package io.gympulse.cloud.state.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every incident. Methods throw
/// [io.gympulse.cloud.state.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Incidents {
  /// Keeps a new incident unless there is one of its id already.
  ///
  /// @return whether it was kept
  boolean create(Incident incident);

  Optional<Incident> find(String id);

  /// The open incident in which this is still out.
  Optional<Incident> openFor(Subject subject);

  /// Those that are open, the oldest first.
  List<Incident> open();

  /// Those whose [Incident#due] has come, the longest due first.
  List<Incident> due(Instant now, int limit);

  /// Keeps `next`, a successor of `expected`, if `expected` is still what is kept.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Incident expected, Incident next);
}
