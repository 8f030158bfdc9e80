package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every member's alerts. What grows with members is read in pages. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Alerts {
  /// How long an alert is kept after its [end][Alert#endedAt]; the store removes it some time
  /// later. One with deliveries under way is not removed.
  Duration KEPT = Duration.ofDays(7);

  /// Keeps a new alert. Doing it again with the same alert changes nothing.
  void create(Alert alert);

  Optional<Alert> find(UserId user, AlertId id);

  /// A member's alerts, the active ones first, and of both the newest first.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Alert, AlertPlace> ofUser(UserId user, Optional<AlertPlace> after, int size);

  /// How many active alerts a member has, or `most` if there are more. The cost grows with what is
  /// returned, and not with how many ended ones are kept.
  int countActive(UserId user, int most);

  /// The active ones that wait for this machine, by id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size);

  /// How many active alerts wait for a machine, or `most` if there are more. The cost grows with
  /// what is returned.
  int countWatching(MachineId machine, int most);

  /// Those whose [Alert#due] has come, the longest due first.
  List<Alert> due(Instant now, int limit);

  /// Keeps `next`, a successor of `expected`, if `expected` is still what is kept: firing and what
  /// is to be sent for it are one write.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Alert expected, Alert next);

  /// Does several writes, at the price of one where the store can. They are durable when this
  /// returns; if it throws, some, all or none of them may be.
  default void together(Runnable writes) {
    writes.run();
  }
}
