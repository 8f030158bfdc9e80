package io.gympulse.edge.uplink;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.PublishResult;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket;
import software.amazon.awssdk.crt.mqtt5.packets.DisconnectPacket.DisconnectReasonCode;
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket.PublishPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// MQTT 5 over mutual TLS, directly to AWS IoT Core or its local emulation. After a failure it
/// reconnects after 1 s, then after up to 30 s.
public final class MqttUplink implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(MqttUplink.class);
  private static final int FIRST_FAILURE = 0x80;
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final ClientFactory clients;
  private final String acksTopic;
  private final Supplier<String> diagnosis;
  private volatile Optional<Mqtt5Client> client = Optional.empty();

  /// Creates the client of an uplink.
  interface ClientFactory {

    Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes);
  }

  /// @param diagnosis says why there is no connection; may block
  MqttUplink(ClientFactory clients, String acksTopic, Supplier<String> diagnosis) {
    this.clients = clients;
    this.acksTopic = acksTopic;
    this.diagnosis = diagnosis;
  }

  /// @param clientId the MQTT client id: the gateway's id
  /// @param acksTopic where this gateway's acknowledgements arrive
  /// @throws IllegalArgumentException if the certificate, key or root cannot be used
  public static Uplink direct(UplinkSettings.Direct settings, String clientId, String acksTopic) {
    try {
      Uplink broker =
          new MqttUplink(
              new MutualTlsClientFactory(settings, clientId),
              acksTopic,
              () -> new TlsDiagnosis(settings).explain());
      return BasicIngestUplink.on(settings.topics(), broker);
    } catch (CrtRuntimeException e) {
      throw new IllegalArgumentException(
          ("uplink: certificate %s, privateKey %s and rootCa %s cannot be used together (%s); give "
                  + "PEM files that belong together")
              .formatted(
                  settings.certificate(), settings.privateKey(), settings.rootCa(), e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized void start(Listener listener) {
    Mqtt5Client started =
        clients.create(
            new Link(listener),
            (_, it) -> listener.acknowledgement(it.getPublishPacket().getPayload()));
    client = Optional.of(started);
    started.start();
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    Optional<Mqtt5Client> current = client;
    if (current.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("the uplink is not started"));
    }
    try {
      return current
          .get()
          .publish(new PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, payload).build())
          .thenAccept(MqttUplink::requireTaken);
    } catch (CrtRuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void requireTaken(PublishResult result) {
    var reason = result.getResultPubAck().getReasonCode();
    if (reason.getValue() >= FIRST_FAILURE) {
      throw new IllegalStateException("the broker rejected the message: " + reason);
    }
  }

  @Override
  public synchronized void close() {
    client.ifPresent(
        it -> {
          it.stop();
          it.close();
        });
    client = Optional.empty();
  }

  /// Reports the connection once the acknowledgements' topic is subscribed to.
  private final class Link implements LifecycleEvents {
    private final Listener listener;
    private Optional<Integer> lastFailure = Optional.empty();

    Link(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onConnectionSuccess(Mqtt5Client connected, OnConnectionSuccessReturn success) {
      lastFailure = Optional.empty();
      subscribe(connected);
    }

    private void subscribe(Mqtt5Client connected) {
      var _ =
          requestSubscription(connected)
              .thenAccept(this::subscribed)
              .exceptionally(
                  e -> {
                    LOG.warn("uplink: {} cannot be subscribed to: {}", acksTopic, e.toString());
                    CompletableFuture.delayedExecutor(RESUBSCRIBE_SECONDS, TimeUnit.SECONDS)
                        .execute(() -> resubscribe(connected));
                    return null;
                  });
    }

    private CompletableFuture<SubAckPacket> requestSubscription(Mqtt5Client connected) {
      try {
        return connected.subscribe(
            new SubscribePacketBuilder(acksTopic, QOS.AT_LEAST_ONCE).build());
      } catch (CrtRuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private void resubscribe(Mqtt5Client connected) {
      if (client.filter(connected::equals).isPresent() && connected.getIsConnected()) {
        subscribe(connected);
      }
    }

    private void subscribed(SubAckPacket packet) {
      var reason = packet.getReasonCodes().getFirst();
      if (reason.getValue() >= FIRST_FAILURE) {
        throw new IllegalStateException("the broker rejected the subscription: " + reason);
      }
      LOG.info("uplink: connected");
      listener.connected();
    }

    @Override
    public void onConnectionFailure(Mqtt5Client it, OnConnectionFailureReturn failure) {
      Optional<Integer> code = Optional.of(failure.getErrorCode());
      if (!code.equals(lastFailure)) {
        lastFailure = code;
        String reason = CRT.awsErrorString(failure.getErrorCode());
        Optional<ConnAckPacket> refusal = Optional.ofNullable(failure.getConnAckPacket());
        if (refusal.isPresent()) {
          LOG.warn("uplink: no connection: {}: {}", reason, refusal.get().getReasonCode());
        } else {
          Thread.ofVirtual()
              .name("uplink-diagnosis")
              .start(() -> LOG.warn("uplink: no connection: {}: {}", reason, diagnosis.get()));
        }
      }
    }

    @Override
    public void onDisconnection(Mqtt5Client it, OnDisconnectionReturn disconnection) {
      String reason = reason(disconnection);
      LOG.warn("uplink: connection lost: {}", reason);
      listener.disconnected(reason);
    }

    /// The broker's reason, or else the client's error.
    private static String reason(OnDisconnectionReturn disconnection) {
      DisconnectPacket packet = disconnection.getDisconnectPacket();
      if (packet == null) {
        return CRT.awsErrorString(disconnection.getErrorCode());
      }
      return packet.getReasonCode() == DisconnectReasonCode.SESSION_TAKEN_OVER
          ? "session taken over: another client uses the same client id"
          : "the broker ended it: " + packet.getReasonCode();
    }

    @Override
    public void onAttemptingConnect(Mqtt5Client it, OnAttemptingConnectReturn attempt) {}

    @Override
    public void onStopped(Mqtt5Client it, OnStoppedReturn stopped) {}
  }
}
