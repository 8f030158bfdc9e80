package io.gympulse.edge.sensing.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One connection to a broker by one version of MQTT. It is made once and never made again: after
/// its end another client is needed. Safe for several threads.
interface BrokerClient extends AutoCloseable {

  /// The versions that the gateway speaks.
  enum Version {
    MQTT_5("MQTT 5"),
    MQTT_3_1_1("MQTT 3.1.1");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Receives a connection's events on the client's own threads: it must not block.
  interface Listener {

    /// Comes before any message.
    ///
    /// @param sessionPresent whether the broker has kept a session, whose messages follow
    void connected(boolean sessionPresent);

    void received(String topic, byte[] payload, boolean retained);

    /// The connection could not be made, or is lost. May be called again.
    void ended(End end);
  }

  /// Why there is no connection; each reason is in words.
  sealed interface End {

    String reason();

    /// The broker may be one that does not speak this version of MQTT.
    record VersionRefused(String reason) implements End {}

    record NotConnected(String reason) implements End {}

    record Lost(String reason) implements End {}
  }

  /// Starts to connect and returns at once. To be called once.
  void start(Listener listener);

  /// Subscribes with QoS 1.
  ///
  /// @return empty if the broker grants all filters, else why it does not; never fails
  CompletableFuture<Optional<String>> subscribe(List<String> filters);

  /// Publishes with QoS 1, without the retain flag. Completes with the broker's acknowledgement;
  /// what is not acknowledged when the connection ends is lost.
  CompletableFuture<Void> publish(String topic, byte[] payload);

  /// Ends the connection. Has no effect if called again.
  @Override
  void close();
}
