package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Stores the open stream connections. A disconnect may go unnoticed, so each connection expires,
/// and a sender that finds one closed removes it. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Connections {
  /// The longest that a connection may last.
  Duration LONGEST = Duration.ofHours(24);

  /// Stores a connection and replaces an earlier one with this id. It expires after [#LONGEST] at
  /// the latest.
  void connect(StreamConnection connection, Instant now);

  /// Changes a connection's subscription.
  ///
  /// @return false if it has expired or is not stored
  boolean subscribe(ConnectionId id, SubscriptionFilter filter, Instant now);

  /// Whether a connection is stored and has not expired, so that it receives updates.
  boolean isOpen(ConnectionId id, Instant now);

  /// Removes a connection; no effect if it is not stored.
  void disconnect(ConnectionId id);

  /// The connections whose filter matches the update, by id. They are found by
  /// [topic][SubscriptionFilter#topics], so the cost grows with the receivers, not with all
  /// connections.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<StreamConnection, ConnectionId> subscribedTo(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size);

  /// A member's open connections, by id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size);
}
