package io.gympulse.cloud.core.connection;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The open stream connections. An end may go unnoticed, so each connection expires, and whoever
/// finds one gone takes it out. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads and processes.
public interface Connections {
  /// The longest that a connection may last, whoever holds it.
  Duration LONGEST = Duration.ofHours(24);

  /// Keeps a connection in place of any earlier one of this id. One that would outlast
  /// [#LONGEST] expires then.
  void connect(StreamConnection connection, Instant now);

  /// Changes what a connection hears.
  ///
  /// @return false if it has ended, or was never there
  boolean subscribe(ConnectionId id, Audience audience, Instant now);

  /// Whether a connection is kept and has not expired, so that it receives updates.
  boolean isOpen(ConnectionId id, Instant now);

  /// Takes a connection out; nothing happens if it is not there.
  void disconnect(ConnectionId id);

  /// Those whose audience hears the update, by id; found by [topics][Audience#topics], so the cost
  /// grows with who hears and not with who is connected.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<StreamConnection, ConnectionId> heardBy(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size);

  /// A member's open connections, by id.
  ///
  /// @param after empty for the first page
  /// @param size of the page; at least 1
  Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size);
}
