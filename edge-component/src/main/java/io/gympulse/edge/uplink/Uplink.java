package io.gympulse.edge.uplink;

import java.util.concurrent.CompletableFuture;

/// A connection to the cloud's message broker that reconnects by itself.
///
/// It promises no delivery: a publish that succeeded was taken by the next hop, no more. No method
/// blocks, connected or not. Safe for any number of threads.
public interface Uplink extends AutoCloseable {

  /// Starts to connect, and retries for ever. To be called once.
  void start(Listener listener);

  /// Completes when the next hop has taken the message; fails soon if it has not.
  ///
  /// @param topic a full topic name
  /// @param payload at most 131,072 bytes
  CompletableFuture<Void> publish(String topic, byte[] payload);

  /// Completes with the reason once only a new process can connect. Never completes for most
  /// uplinks.
  default CompletableFuture<String> ended() {
    return new CompletableFuture<>();
  }

  /// Disconnects and stops. Harmless if called again.
  @Override
  void close();

  /// Receives an uplink's events. Called on the uplink's threads: it must not block.
  interface Listener {

    /// Publishing is possible, and the topic of acknowledgements is subscribed to.
    void connected();

    void disconnected(String reason);

    /// A message arrived on the topic of this gateway's acknowledgements.
    void acknowledgement(byte[] body);
  }
}
