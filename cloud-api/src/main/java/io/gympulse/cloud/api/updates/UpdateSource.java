package io.gympulse.cloud.api.updates;

/// Delivers the updates that this process pushes to its clients.
public interface UpdateSource {
  /// Delivers updates to the listener, and the source's status once at the start and at each change
  /// between connected and disconnected, from one thread at a time, until closed. Updates missed
  /// while disconnected are not delivered: clients read again when the status becomes connected.
  Subscription open(UpdateListener listener);

  /// A running delivery.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
