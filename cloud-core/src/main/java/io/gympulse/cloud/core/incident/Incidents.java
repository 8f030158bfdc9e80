package io.gympulse.cloud.core.incident;

import io.gympulse.cloud.core.page.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores incidents. Methods throw [io.gympulse.cloud.core.store.StoreUnavailableException] while
/// the store is unavailable. Safe for any number of threads and processes.
public interface Incidents {
  /// How long an incident is kept after it was closed; the store removes it some time later, but
  /// not before its deliveries are completed.
  Duration KEPT = Duration.ofDays(30);

  /// Stores a new incident unless there is one of its id already.
  ///
  /// @return whether it was stored
  boolean create(Incident incident);

  Optional<Incident> find(String id);

  /// The open incident in which this subject has not recovered.
  Optional<Incident> openFor(Subject subject);

  /// Open incidents, the oldest first.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Incident, Incident.Cursor> open(Optional<Incident.Cursor> after, int size);

  /// Incidents whose [Incident#due] has passed, the longest due first.
  List<Incident> due(Instant now, int limit);

  /// Stores `next`, a successor of `expected`, if `expected` is still what is stored.
  ///
  /// @return whether it was stored; if not, another writer was faster: read again
  boolean replace(Incident expected, Incident next);

  /// Makes several writes, at the cost of one where the store can. They are durable when this
  /// returns; if it throws, some, all or none of them may be.
  default void together(Runnable writes) {
    writes.run();
  }
}
