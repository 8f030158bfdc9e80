package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.LanBrokerConfig.Login;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.mqtt.MqttClient;
import software.amazon.awssdk.crt.mqtt.MqttClientConnection;
import software.amazon.awssdk.crt.mqtt.MqttClientConnectionEvents;
import software.amazon.awssdk.crt.mqtt.MqttConnectionConfig;
import software.amazon.awssdk.crt.mqtt.MqttException;
import software.amazon.awssdk.crt.mqtt.MqttMessage;
import software.amazon.awssdk.crt.mqtt.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt.QualityOfService;

/// A connection by MQTT 3.1.1, as brokers without MQTT 5 speak it.
final class Mqtt311BrokerClient implements BrokerClient {
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int PING_TIMEOUT_MS = 5_000;
  private static final int ACK_TIMEOUT_MS = 30_000;

  /// A CONNACK that refuses the connection. Which return code it has is not known: a broker that
  /// speaks this version refuses the login, hardly anything else.
  private static final String REFUSED = "AWS_ERROR_MQTT_PROTOCOL_ERROR";

  private final LanBrokerConfig broker;
  private final String clientId;
  private @Nullable MqttClientConnection connection;
  private boolean closed;

  Mqtt311BrokerClient(LanBrokerConfig broker, String clientId) {
    this.broker = broker;
    this.clientId = clientId;
  }

  @Override
  public synchronized void start(Listener listener) {
    if (closed) {
      return;
    }
    MqttClientConnection connecting = newConnection(listener);
    connection = connecting;
    connecting.onMessage(it -> listener.received(it.getTopic(), it.getPayload(), it.getRetain()));
    try {
      // The outcome arrives by the connection's callbacks.
      var _ = connecting.connect();
    } catch (MqttException e) {
      listener.ended(new End.NotConnected(String.valueOf(e.getMessage())));
    }
  }

  private MqttClientConnection newConnection(Listener listener) {
    Optional<TlsContext> tls = broker.tlsContext();
    // The connection holds its own references to its parts.
    try (TlsContext _ = tls.orElse(null);
        MqttClient client = tls.map(MqttClient::new).orElseGet(MqttClient::new);
        MqttConnectionConfig config = new MqttConnectionConfig()) {
      config.setMqttClient(client);
      config.setEndpoint(broker.host());
      config.setPort(broker.port());
      config.setClientId(clientId);
      for (Login it : broker.login().stream().toList()) {
        config.setLogin(it.username(), it.password());
      }
      // The broker alone decides how long it keeps a session.
      config.setCleanSession(!broker.keepsSession());
      config.setKeepAliveSecs(KEEP_ALIVE_SECONDS);
      config.setPingTimeoutMs(PING_TIMEOUT_MS);
      config.setProtocolOperationTimeoutMs(ACK_TIMEOUT_MS);
      config.setConnectionCallbacks(new Events(listener));
      return new MqttClientConnection(config);
    }
  }

  private synchronized Optional<MqttClientConnection> connection() {
    return Optional.ofNullable(connection).filter(_ -> !closed);
  }

  /// The library sends a packet for each filter.
  @Override
  public CompletableFuture<Optional<String>> subscribe(List<String> filters) {
    return CompletableFuture.allOf(
            filters.stream().map(this::sent).toArray(CompletableFuture[]::new))
        .handle(
            (_, failure) ->
                Optional.ofNullable(failure)
                    .map(it -> "a subscription was refused: " + it.getMessage()));
  }

  private CompletableFuture<Integer> sent(String filter) {
    return connection()
        .map(it -> it.subscribe(filter, QualityOfService.AT_LEAST_ONCE))
        .orElseGet(Mqtt311BrokerClient::notConnected);
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    MqttMessage message = new MqttMessage(topic, payload, QualityOfService.AT_LEAST_ONCE, false);
    return connection()
        .map(it -> it.publish(message).<Void>thenApply(_ -> null))
        .orElseGet(Mqtt311BrokerClient::notConnected);
  }

  private static <T> CompletableFuture<T> notConnected() {
    return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
  }

  @Override
  public synchronized void close() {
    if (!closed && connection != null) {
      MqttClientConnection ending = connection;
      try {
        var _ = ending.disconnect().whenCompleteAsync((_, _) -> ending.close());
      } catch (CrtRuntimeException e) {
        // It was never connected.
        ending.close();
      }
    }
    closed = true;
  }

  /// In a callback the connection cannot be ended: the library would call back endlessly, and an
  /// exception in a callback aborts the process.
  private record Events(Listener listener) implements MqttClientConnectionEvents {

    @Override
    public void onConnectionSuccess(OnConnectionSuccessReturn success) {
      listener.connected(success.getSessionPresent());
    }

    @Override
    public void onConnectionFailure(OnConnectionFailureReturn failure) {
      boolean refused = CRT.awsErrorName(failure.getErrorCode()).equals(REFUSED);
      ended(
          new End.NotConnected(
              refused
                  ? LanBrokerConfig.LOGIN_REFUSED
                  : CRT.awsErrorString(failure.getErrorCode())));
    }

    @Override
    public void onConnectionInterrupted(int error) {
      ended(new End.Lost(CRT.awsErrorString(error)));
    }

    @Override
    public void onConnectionResumed(boolean sessionPresent) {}

    private void ended(End end) {
      var _ = CompletableFuture.runAsync(() -> listener.ended(end));
    }
  }
}
