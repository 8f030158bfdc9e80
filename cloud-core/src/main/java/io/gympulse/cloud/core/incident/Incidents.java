package io.gympulse.cloud.core.incident;

import io.gympulse.cloud.core.page.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every incident. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Incidents {
  /// How long an incident is kept after it was closed; the store removes it some time later. One
  /// with deliveries under way is not removed.
  Duration KEPT = Duration.ofDays(30);

  /// Keeps a new incident unless there is one of its id already.
  ///
  /// @return whether it was kept
  boolean create(Incident incident);

  Optional<Incident> find(String id);

  /// The open incident in which this is still out.
  Optional<Incident> openFor(Subject subject);

  /// Those that are open, the oldest first.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Incident, Incident.Place> open(Optional<Incident.Place> after, int size);

  /// Those whose [Incident#due] has come, the longest due first.
  List<Incident> due(Instant now, int limit);

  /// Keeps `next`, a successor of `expected`, if `expected` is still what is kept.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Incident expected, Incident next);

  /// Does several writes, at the price of one where the store can. They are durable when this
  /// returns; if it throws, some, all or none of them may be.
  default void together(Runnable writes) {
    writes.run();
  }
}
