package io.gympulse.cloud.core.connection;

/// Hands frames to whoever holds the connections. What is foreseen to fail is answered, not thrown.
/// Safe for any number of threads.
public interface ConnectionPoster {
  Posted post(ConnectionId connection, String frame);

  /// Ends a connection, so that its client connects anew and learns what it missed. Best effort.
  void end(ConnectionId connection);

  /// What became of a frame.
  sealed interface Posted {
    /// The holder took it.
    record Sent() implements Posted {}

    /// The connection has ended.
    record Gone() implements Posted {}

    /// @param reason for logs
    record Failed(String reason) implements Posted {}
  }
}
