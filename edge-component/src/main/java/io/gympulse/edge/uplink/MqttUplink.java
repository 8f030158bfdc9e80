package io.gympulse.edge.uplink;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
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
/// reconnects after 1 s, then after up to 30 s. Certificates that are replaced on the disk are used
/// from the next connection on; they are looked for after each failure and each hour.
public final class MqttUplink implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(MqttUplink.class);
  private static final int FIRST_FAILURE = 0x80;
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final ClientFactory clients;
  private final String acksTopic;
  private final Supplier<String> diagnosis;
  private final Upkeep upkeep;
  private volatile Optional<Mqtt5Client> client = Optional.empty();

  /// Creates the client of an uplink, and says when another one is needed, for other credentials.
  interface ClientFactory {

    Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes);

    /// Whether credentials have been replaced, so that a new client is to be created. May block.
    default boolean renew() {
      return false;
    }

    /// The last client has connected. May block.
    default void connected() {}

    /// The last client has lost its connection or could not connect.
    ///
    /// @return whether a client with other credentials is to be created
    default boolean failed() {
      return false;
    }
  }

  /// What is done while the uplink is used, besides looking for replaced credentials.
  ///
  /// @param interval also that of looking for replaced credentials while connected
  /// @param task may block
  record Upkeep(Duration interval, Runnable task) {}

  /// Without upkeep.
  ///
  /// @param diagnosis says why there is no connection; may block
  MqttUplink(ClientFactory clients, String acksTopic, Supplier<String> diagnosis) {
    this(clients, acksTopic, diagnosis, new Upkeep(Duration.ofDays(1), () -> {}));
  }

  /// @param diagnosis says why there is no connection; may block
  MqttUplink(ClientFactory clients, String acksTopic, Supplier<String> diagnosis, Upkeep upkeep) {
    this.clients = clients;
    this.acksTopic = acksTopic;
    this.diagnosis = diagnosis;
    this.upkeep = upkeep;
  }

  /// @param clientId the MQTT client id: the gateway's id
  /// @param acksTopic where this gateway's acknowledgements arrive
  /// @throws IllegalArgumentException if the certificate, key or root cannot be used
  public static Uplink direct(UplinkSettings.Direct settings, String clientId, String acksTopic) {
    try {
      CertificateNotice notice = new CertificateNotice(settings);
      Uplink broker =
          new MqttUplink(
              new MutualTlsClientFactory(settings, clientId),
              acksTopic,
              () -> new TlsDiagnosis(settings).explain(),
              new Upkeep(Duration.ofHours(1), () -> notice.check(ProcessClock.real().instant())));
      return BasicIngestUplink.on(settings.topics(), broker);
    } catch (CredentialsException e) {
      throw new IllegalArgumentException("uplink: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void start(Listener listener) {
    connect(listener);
    maintain(listener);
  }

  private void connect(Listener listener) {
    Mqtt5Client started =
        clients.create(
            new Link(listener),
            (_, it) -> listener.acknowledgement(it.getPublishPacket().getPayload()));
    client = Optional.of(started);
    started.start();
  }

  /// Repeats itself until the uplink is closed.
  private void maintain(Listener listener) {
    Thread.ofVirtual()
        .name("uplink-upkeep")
        .start(
            () -> {
              upkeep.task().run();
              client.filter(_ -> clients.renew()).ifPresent(it -> replace(it, listener));
            });
    CompletableFuture.delayedExecutor(upkeep.interval().toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (client.isPresent()) {
                maintain(listener);
              }
            });
  }

  /// Ends a client and creates the next one, with other credentials. What was sent and is not
  /// acknowledged is sent again.
  private synchronized void replace(Mqtt5Client ended, Listener listener) {
    if (client.filter(ended::equals).isEmpty()) {
      return;
    }
    client = Optional.empty();
    ended.stop();
    ended.close();
    listener.disconnected("credentials replaced");
    connect(listener);
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
      if (!isReplaced(connected)) {
        Thread.ofVirtual().name("uplink-credentials").start(clients::connected);
      }
      subscribe(connected);
    }

    private boolean isReplaced(Mqtt5Client it) {
      return client.filter(it::equals).isEmpty();
    }

    /// Other credentials may be on the disk, or be left from before.
    private void reconsider(Mqtt5Client failed) {
      Thread.ofVirtual()
          .name("uplink-credentials")
          .start(
              () -> {
                if (!isReplaced(failed) && (clients.renew() || clients.failed())) {
                  replace(failed, listener);
                }
              });
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
      reconsider(it);
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
      if (isReplaced(it)) {
        return;
      }
      reconsider(it);
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
