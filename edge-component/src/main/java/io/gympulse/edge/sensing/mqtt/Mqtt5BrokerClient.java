package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.LanBrokerConfig.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.ClientSessionBehavior;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.Mqtt5ClientOptionsBuilder;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.ConnAckPacket.ConnectReasonCode;
import software.amazon.awssdk.crt.mqtt5.packets.ConnectPacket.ConnectPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket.PublishPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// A connection by MQTT 5.
final class Mqtt5BrokerClient implements BrokerClient {
  private static final int FILTERS_PER_PACKET = 50;
  // Reason codes from here on are failures.
  private static final int FIRST_FAILURE = 0x80;
  private static final long KEEP_ALIVE_SECONDS = 15;
  private static final long TIMEOUT_MS = 5_000;

  /// What a broker of MQTT 3.1.1 makes of a CONNECT of MQTT 5: its refusal is no valid packet, or
  /// it closes the connection.
  private static final Set<String> VERSION_REFUSALS =
      Set.of(
          "AWS_ERROR_MQTT5_DECODE_PROTOCOL_ERROR",
          "AWS_ERROR_MQTT_PROTOCOL_ERROR",
          "AWS_ERROR_MQTT_UNEXPECTED_HANGUP",
          "AWS_IO_SOCKET_CLOSED");

  private final LanBrokerConfig broker;
  private final String clientId;
  private @Nullable Mqtt5Client client;
  private boolean closed;

  Mqtt5BrokerClient(LanBrokerConfig broker, String clientId) {
    this.broker = broker;
    this.clientId = clientId;
  }

  @Override
  public synchronized void start(Listener listener) {
    if (closed) {
      return;
    }
    client = newClient(listener);
    client.start();
  }

  private Mqtt5Client newClient(Listener listener) {
    ConnectPacketBuilder connect =
        new ConnectPacketBuilder()
            .withClientId(clientId)
            .withKeepAliveIntervalSeconds(KEEP_ALIVE_SECONDS);
    if (broker.keepsSession()) {
      connect.withSessionExpiryIntervalSeconds(broker.session().toSeconds());
    }
    for (Login it : broker.login().stream().toList()) {
      connect.withUsername(it.username()).withPassword(it.passwordBytes());
    }
    Mqtt5ClientOptionsBuilder options =
        new Mqtt5ClientOptionsBuilder(broker.host(), (long) broker.port())
            .withConnectOptions(connect.build())
            .withSessionBehavior(
                broker.keepsSession()
                    ? ClientSessionBehavior.REJOIN_ALWAYS
                    : ClientSessionBehavior.CLEAN)
            .withConnackTimeoutMs(TIMEOUT_MS)
            .withPingTimeoutMs(TIMEOUT_MS)
            .withLifecycleEvents(new Lifecycle(listener))
            .withPublishEvents((_, it) -> received(it.getPublishPacket(), listener));
    Optional<TlsContext> tls = broker.tlsContext();
    // The client holds its own reference to the context.
    try (TlsContext _ = tls.orElse(null)) {
      return new Mqtt5Client(tls.map(options::withTlsContext).orElse(options).build());
    }
  }

  private static void received(PublishPacket packet, Listener listener) {
    byte[] payload = packet.getPayload();
    listener.received(
        packet.getTopic(),
        payload == null ? new byte[0] : payload,
        Boolean.TRUE.equals(packet.getRetain()));
  }

  private synchronized Optional<Mqtt5Client> client() {
    return Optional.ofNullable(client).filter(_ -> !closed);
  }

  @Override
  public CompletableFuture<Optional<String>> subscribe(List<String> filters) {
    List<CompletableFuture<SubAckPacket>> acks = new ArrayList<>();
    for (int i = 0; i < filters.size(); i += FILTERS_PER_PACKET) {
      acks.add(sent(filters.subList(i, Math.min(filters.size(), i + FILTERS_PER_PACKET))));
    }
    return CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> refusal(acks, failure));
  }

  private CompletableFuture<SubAckPacket> sent(List<String> filters) {
    SubscribePacketBuilder packet = new SubscribePacketBuilder();
    filters.forEach(it -> packet.withSubscription(it, QOS.AT_LEAST_ONCE));
    try {
      return client()
          .map(it -> it.subscribe(packet.build()))
          .orElseGet(Mqtt5BrokerClient::notConnected);
    } catch (CrtRuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Optional<String> refusal(
      List<CompletableFuture<SubAckPacket>> acks, @Nullable Throwable failure) {
    if (failure != null) {
      return Optional.of("subscribing failed: " + failure);
    }
    return acks.stream()
        .flatMap(it -> it.join().getReasonCodes().stream())
        .filter(it -> it.getValue() >= FIRST_FAILURE)
        .findFirst()
        .map(it -> "a subscription was refused: " + it);
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    PublishPacket packet =
        new PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, payload).withRetain(false).build();
    return client()
        .map(it -> it.publish(packet).<Void>thenApply(_ -> null))
        .orElseGet(Mqtt5BrokerClient::notConnected);
  }

  private static <T> CompletableFuture<T> notConnected() {
    return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
  }

  @Override
  public synchronized void close() {
    if (!closed && client != null) {
      client.stop();
      client.close();
    }
    closed = true;
  }

  private record Lifecycle(Listener listener) implements LifecycleEvents {

    /// A refusal of MQTT 3.1.1 in the form of MQTT 5 has a reason code that the library takes for a
    /// success, though it cannot represent it.
    @Override
    public void onConnectionSuccess(Mqtt5Client client, OnConnectionSuccessReturn success) {
      ConnAckPacket connAck = success.getConnAckPacket();
      if (connAck == null || connAck.getReasonCode() != ConnectReasonCode.SUCCESS) {
        listener.ended(new End.VersionRefused("the broker answered an unknown reason code"));
      } else {
        listener.connected(Boolean.TRUE.equals(connAck.getSessionPresent()));
      }
    }

    @Override
    public void onConnectionFailure(Mqtt5Client client, OnConnectionFailureReturn failure) {
      listener.ended(end(failure.getConnAckPacket(), failure.getErrorCode()));
    }

    private static End end(@Nullable ConnAckPacket connAck, int error) {
      if (connAck == null) {
        String reason = CRT.awsErrorString(error);
        return VERSION_REFUSALS.contains(CRT.awsErrorName(error))
            ? new End.VersionRefused(reason)
            : new End.NotConnected(reason);
      }
      return switch (connAck.getReasonCode()) {
        case UNSUPPORTED_PROTOCOL_VERSION ->
            new End.VersionRefused(
                "the broker answered " + ConnectReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
        case BAD_USERNAME_OR_PASSWORD, NOT_AUTHORIZED ->
            new End.NotConnected(LanBrokerConfig.LOGIN_REFUSED);
        case null, default ->
            new End.NotConnected("the broker answered " + connAck.getReasonCode());
      };
    }

    @Override
    public void onDisconnection(Mqtt5Client client, OnDisconnectionReturn disconnection) {
      listener.ended(new End.Lost(CRT.awsErrorString(disconnection.getErrorCode())));
    }

    @Override
    public void onAttemptingConnect(Mqtt5Client client, OnAttemptingConnectReturn attempt) {}

    @Override
    public void onStopped(Mqtt5Client client, OnStoppedReturn stopped) {}
  }
}
