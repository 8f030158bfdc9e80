package io.gympulse.cloud.server;

import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.api.updates.UpdateSource;
import io.gympulse.contract.topic.Topics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.PublishEvents;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// The updates of all gyms, from the broker's topics. Reconnects by itself and subscribes again;
/// connected means that the broker has confirmed the subscription. To be opened once. Thread-safe.
final class UpdatesSubscription implements UpdateSource {
  private static final Logger LOG = LoggerFactory.getLogger(UpdatesSubscription.class);
  private static final int FIRST_FAILURE = 0x80;
  private static final long RESUBSCRIBE_SECONDS = 5;

  private final ClientFactory clients;
  private final String broker;
  private final InstantSource clock;
  private volatile Optional<UpdateDelivery> delivery = Optional.empty();

  /// Creates the client of a subscription.
  interface ClientFactory {
    Mqtt5Client create(LifecycleEvents lifecycle, PublishEvents publishes);
  }

  /// @param broker its address, for messages
  UpdatesSubscription(ClientFactory clients, String broker, InstantSource clock) {
    this.clients = clients;
    this.broker = broker;
    this.clock = clock;
  }

  /// The status with the newest reason; empty before it is opened.
  Optional<UpdateListener.Status> status() {
    return delivery.map(UpdateDelivery::status);
  }

  /// Payloads skipped because they were no updates.
  long skipped() {
    return delivery.map(UpdateDelivery::skipped).orElse(0L);
  }

  @Override
  public Subscription open(UpdateListener listener) {
    UpdateDelivery opened = new UpdateDelivery(listener, clock);
    delivery = Optional.of(opened);
    Mqtt5Client client =
        clients.create(
            new Link(opened), (_, it) -> opened.payload(it.getPublishPacket().getPayload()));
    client.start();
    return () -> {
      opened.close();
      client.stop();
      client.close();
    };
  }

  /// Subscribes after each connection.
  private final class Link implements LifecycleEvents {
    private final UpdateDelivery delivery;

    Link(UpdateDelivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public void onConnectionSuccess(Mqtt5Client connected, OnConnectionSuccessReturn success) {
      subscribe(connected);
    }

    private void subscribe(Mqtt5Client connected) {
      var _ =
          requestSubscription(connected)
              .thenAccept(it -> subscribed(connected, it))
              .exceptionally(
                  e -> {
                    notSubscribed(connected, e);
                    return null;
                  });
    }

    private CompletableFuture<SubAckPacket> requestSubscription(Mqtt5Client connected) {
      try {
        return connected.subscribe(
            new SubscribePacketBuilder(Topics.ALL_UPDATES, QOS.AT_LEAST_ONCE).build());
      } catch (CrtRuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private void subscribed(Mqtt5Client connected, SubAckPacket packet) {
      var reason = packet.getReasonCodes().getFirst();
      if (reason.getValue() >= FIRST_FAILURE) {
        throw new IllegalStateException("the broker refused it: " + reason);
      }
      // It may have been lost since.
      if (connected.getIsConnected()) {
        LOG.info("updates: subscribed at {}", broker);
        delivery.connected();
      }
    }

    private void notSubscribed(Mqtt5Client connected, Throwable e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      disconnected(
          "%s cannot be subscribed to at %s: %s"
              .formatted(Topics.ALL_UPDATES, broker, cause.getMessage()));
      CompletableFuture.delayedExecutor(RESUBSCRIBE_SECONDS, TimeUnit.SECONDS)
          .execute(
              () -> {
                if (connected.getIsConnected()) {
                  subscribe(connected);
                }
              });
    }

    @Override
    public void onConnectionFailure(Mqtt5Client it, OnConnectionFailureReturn failure) {
      disconnected(DisconnectReason.of(broker, failure));
    }

    @Override
    public void onDisconnection(Mqtt5Client it, OnDisconnectionReturn disconnection) {
      disconnected(DisconnectReason.of(broker, disconnection));
    }

    /// Logs a reason that is not the last one.
    private void disconnected(String reason) {
      if (!(delivery.status() instanceof UpdateListener.Status.Disconnected(_, var before)
          && before.equals(reason))) {
        LOG.warn("updates: {}; trying again", reason);
      }
      delivery.disconnected(reason);
    }

    @Override
    public void onAttemptingConnect(Mqtt5Client it, OnAttemptingConnectReturn attempt) {}

    @Override
    public void onStopped(Mqtt5Client it, OnStoppedReturn stopped) {}
  }
}
