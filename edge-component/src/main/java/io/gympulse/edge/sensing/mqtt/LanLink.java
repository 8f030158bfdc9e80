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

/// Subscribes to all topics whenever the link comes up, again and again while it is up and any of
/// them is not granted, and turns its fate into a status.
final class LanLink implements LifecycleEvents {
  private static final int TOPICS_PER_SUBSCRIPTION = 50;
  private static final int FIRST_FAILURE = 0x80;

  private final List<String> topics;
  private final Consumer<SourceStatus> report;
  private final Executor later;
  private final AtomicLong connection = new AtomicLong();

  /// @param topics in the order to subscribe to them
  /// @param later runs what it is given after a pause
  LanLink(List<String> topics, Consumer<SourceStatus> report, Executor later) {
    this.topics = List.copyOf(topics);
    this.report = report;
    this.later = later;
  }

  @Override
  public void onConnectionSuccess(Mqtt5Client client, OnConnectionSuccessReturn success) {
    subscribe(client, connection.incrementAndGet());
  }

  /// The link is of no more use.
  void ended() {
    connection.incrementAndGet();
  }

  private void subscribe(Mqtt5Client client, long current) {
    if (connection.get() != current) {
      return;
    }
    List<CompletableFuture<SubAckPacket>> answers = new ArrayList<>();
    for (int i = 0; i < topics.size(); i += TOPICS_PER_SUBSCRIPTION) {
      SubscribePacketBuilder packet = new SubscribePacketBuilder();
      topics
          .subList(i, Math.min(topics.size(), i + TOPICS_PER_SUBSCRIPTION))
          .forEach(it -> packet.withSubscription(it, QOS.AT_LEAST_ONCE));
      answers.add(answer(client, packet.build()));
    }
    var _ =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .handle(
                (_, failure) -> {
                  SourceStatus outcome = outcome(answers, failure);
                  if (connection.get() == current) {
                    report.accept(outcome);
                    if (outcome instanceof SourceStatus.Failing) {
                      later.execute(() -> subscribe(client, current));
                    }
                  }
                  return null;
                });
  }

  private static CompletableFuture<SubAckPacket> answer(
      Mqtt5Client client, SubscribePacket packet) {
    try {
      return client.subscribe(packet);
    } catch (CrtRuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static SourceStatus outcome(
      List<CompletableFuture<SubAckPacket>> answers, @Nullable Throwable failure) {
    if (failure != null) {
      return new SourceStatus.Failing("topics cannot be subscribed to: " + failure);
    }
    return answers.stream()
        .flatMap(it -> it.join().getReasonCodes().stream())
        .filter(it -> it.getValue() >= FIRST_FAILURE)
        .findFirst()
        .<SourceStatus>map(it -> new SourceStatus.Failing("a topic is refused: " + it))
        .orElseGet(SourceStatus.Running::new);
  }

  @Override
  public void onConnectionFailure(Mqtt5Client client, OnConnectionFailureReturn failure) {
    report.accept(new SourceStatus.Failing("no connection: " + reason(failure)));
  }

  private static String reason(OnConnectionFailureReturn failure) {
    ConnAckPacket answer = failure.getConnAckPacket();
    if (answer == null) {
      return CRT.awsErrorString(failure.getErrorCode());
    }
    return switch (answer.getReasonCode()) {
      case BAD_USERNAME_OR_PASSWORD, NOT_AUTHORIZED ->
          "the broker refuses the login; check 'lan.username' and 'lan.passwordFile'";
      case null, default -> "the broker answers " + answer.getReasonCode();
    };
  }

  @Override
  public void onDisconnection(Mqtt5Client client, OnDisconnectionReturn disconnection) {
    ended();
    report.accept(
        new SourceStatus.Failing(
            "connection lost: " + CRT.awsErrorString(disconnection.getErrorCode())));
  }

  @Override
  public void onAttemptingConnect(Mqtt5Client client, OnAttemptingConnectReturn attempt) {}

  @Override
  public void onStopped(Mqtt5Client client, OnStoppedReturn stopped) {}
}
