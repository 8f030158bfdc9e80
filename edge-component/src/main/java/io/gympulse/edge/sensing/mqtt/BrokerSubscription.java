package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.ConnAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// Subscribes to all topic filters on each connection, retries while any of them is not granted,
/// and reports the status of the connection. Safe for several threads.
final class BrokerSubscription implements LifecycleEvents {
  private static final int FILTERS_PER_PACKET = 50;
  // Reason codes from here on are failures.
  private static final int FIRST_FAILURE = 0x80;

  private final List<String> filters;
  private final Consumer<SourceStatus> status;
  private final Executor retries;
  private final AtomicLong connection = new AtomicLong();

  /// @param filters in the order of subscription
  /// @param retries runs its tasks after a pause
  BrokerSubscription(List<String> filters, Consumer<SourceStatus> status, Executor retries) {
    this.filters = List.copyOf(filters);
    this.status = status;
    this.retries = retries;
  }

  @Override
  public void onConnectionSuccess(Mqtt5Client client, OnConnectionSuccessReturn success) {
    subscribe(client, connection.incrementAndGet());
  }

  /// Ends all attempts to subscribe on the present connection.
  void end() {
    connection.incrementAndGet();
  }

  private void subscribe(Mqtt5Client client, long current) {
    if (connection.get() != current) {
      return;
    }
    List<CompletableFuture<SubAckPacket>> acks = new ArrayList<>();
    for (int i = 0; i < filters.size(); i += FILTERS_PER_PACKET) {
      SubscribePacketBuilder packet = new SubscribePacketBuilder();
      filters
          .subList(i, Math.min(filters.size(), i + FILTERS_PER_PACKET))
          .forEach(it -> packet.withSubscription(it, QOS.AT_LEAST_ONCE));
      acks.add(sent(client, packet.build()));
    }
    var _ =
        CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new))
            .handle(
                (_, failure) -> {
                  SourceStatus outcome = outcome(acks, failure);
                  if (connection.get() == current) {
                    status.accept(outcome);
                    if (outcome instanceof SourceStatus.Failing) {
                      retries.execute(() -> subscribe(client, current));
                    }
                  }
                  return null;
                });
  }

  private static CompletableFuture<SubAckPacket> sent(Mqtt5Client client, SubscribePacket packet) {
    try {
      return client.subscribe(packet);
    } catch (CrtRuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static SourceStatus outcome(
      List<CompletableFuture<SubAckPacket>> acks, @Nullable Throwable failure) {
    if (failure != null) {
      return new SourceStatus.Failing("subscribing failed: " + failure);
    }
    return acks.stream()
        .flatMap(it -> it.join().getReasonCodes().stream())
        .filter(it -> it.getValue() >= FIRST_FAILURE)
        .findFirst()
        .<SourceStatus>map(it -> new SourceStatus.Failing("a subscription was refused: " + it))
        .orElseGet(SourceStatus.Running::new);
  }

  @Override
  public void onConnectionFailure(Mqtt5Client client, OnConnectionFailureReturn failure) {
    status.accept(new SourceStatus.Failing("no connection: " + reason(failure)));
  }

  private static String reason(OnConnectionFailureReturn failure) {
    ConnAckPacket connAck = failure.getConnAckPacket();
    if (connAck == null) {
      return CRT.awsErrorString(failure.getErrorCode());
    }
    return switch (connAck.getReasonCode()) {
      case BAD_USERNAME_OR_PASSWORD, NOT_AUTHORIZED ->
          "the broker refuses the login; check 'lan.username' and 'lan.passwordFile'";
      case null, default -> "the broker answered " + connAck.getReasonCode();
    };
  }

  @Override
  public void onDisconnection(Mqtt5Client client, OnDisconnectionReturn disconnection) {
    end();
    status.accept(
        new SourceStatus.Failing(
            "connection lost: " + CRT.awsErrorString(disconnection.getErrorCode())));
  }

  @Override
  public void onAttemptingConnect(Mqtt5Client client, OnAttemptingConnectReturn attempt) {}

  @Override
  public void onStopped(Mqtt5Client client, OnStoppedReturn stopped) {}
}
