package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores members' alerts. Lists that grow with members are read in pages. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store is unavailable. Safe
/// for any number of threads and processes.
public interface Alerts {
  /// How long an alert is kept after its [end][Alert#endedAt]; the store removes it some time
  /// later, but not before its deliveries are completed.
  Duration KEPT = Duration.ofDays(7);

  /// Stores a new alert. Idempotent.
  void create(Alert alert);

  Optional<Alert> find(UserId user, AlertId id);

  /// A member's alerts, the active ones first, and of both the newest first.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size);

  /// The number of active alerts of a member, or `most` if there are more. The cost grows with the
  /// result, not with the number of ended alerts.
  int countActive(UserId user, int most);

  /// The active alerts of this machine, by id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size);

  /// The number of active alerts of a machine, or `most` if there are more. The cost grows with the
  /// result.
  int countWatching(MachineId machine, int most);

  /// Alerts whose [Alert#due] has passed, the longest due first.
  List<Alert> due(Instant now, int limit);

  /// Stores `next`, a successor of `expected`, if `expected` is still what is stored. A firing and
  /// its deliveries are one write.
  ///
  /// @return whether it was stored; if not, another writer was faster: read again
  boolean replace(Alert expected, Alert next);

  /// Makes several writes, at the cost of one where the store can. They are durable when this
  /// returns; if it throws, some, all or none of them may be.
  default void together(Runnable writes) {
    writes.run();
  }
}
