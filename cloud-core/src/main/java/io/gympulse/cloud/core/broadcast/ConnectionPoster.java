package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;

/// Sends frames to the service that holds the connections. Expected failures are returned, not
/// thrown. Safe for any number of threads.
public interface ConnectionPoster {
  Posted post(ConnectionId connection, String frame);

  /// Closes a connection, so that its client reconnects and reads what it missed. Best effort.
  void end(ConnectionId connection);

  /// The result of sending a frame.
  sealed interface Posted {
    /// The service accepted it.
    record Sent() implements Posted {}

    /// The connection is closed.
    record Gone() implements Posted {}

    /// @param reason for logs
    record Failed(String reason) implements Posted {}
  }
}
