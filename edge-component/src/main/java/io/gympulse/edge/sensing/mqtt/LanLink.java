package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.SourceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.mqtt5.Mqtt5Client;
import software.amazon.awssdk.crt.mqtt5.Mqtt5ClientOptions.LifecycleEvents;
import software.amazon.awssdk.crt.mqtt5.OnAttemptingConnectReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionFailureReturn;
import software.amazon.awssdk.crt.mqtt5.OnConnectionSuccessReturn;
import software.amazon.awssdk.crt.mqtt5.OnDisconnectionReturn;
import software.amazon.awssdk.crt.mqtt5.OnStoppedReturn;
import software.amazon.awssdk.crt.mqtt5.QOS;
import software.amazon.awssdk.crt.mqtt5.packets.SubAckPacket;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// Subscribes to all topics whenever the link comes up, and turns its fate into a status.
final class LanLink implements LifecycleEvents {
  private static final int TOPICS_PER_SUBSCRIPTION = 50;
  private static final int FIRST_FAILURE = 0x80;

  private final List<String> topics;
  private final Consumer<SourceStatus> report;

  LanLink(Collection<String> topics, Consumer<SourceStatus> report) {
    this.topics = topics.stream().sorted().toList();
    this.report = report;
  }

  @Override
  public void onConnectionSuccess(Mqtt5Client client, OnConnectionSuccessReturn success) {
    List<CompletableFuture<SubAckPacket>> answers = new ArrayList<>();
    for (int i = 0; i < topics.size(); i += TOPICS_PER_SUBSCRIPTION) {
      SubscribePacketBuilder packet = new SubscribePacketBuilder();
      topics
          .subList(i, Math.min(topics.size(), i + TOPICS_PER_SUBSCRIPTION))
          .forEach(it -> packet.withSubscription(it, QOS.AT_LEAST_ONCE));
      answers.add(client.subscribe(packet.build()));
    }
    var _ =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .handle(
                (_, failure) -> {
                  report.accept(outcome(answers, failure));
                  return null;
                });
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
    report.accept(
        new SourceStatus.Failing("no connection: " + CRT.awsErrorString(failure.getErrorCode())));
  }

  @Override
  public void onDisconnection(Mqtt5Client client, OnDisconnectionReturn disconnection) {
    report.accept(
        new SourceStatus.Failing(
            "connection lost: " + CRT.awsErrorString(disconnection.getErrorCode())));
  }

  @Override
  public void onAttemptingConnect(Mqtt5Client client, OnAttemptingConnectReturn attempt) {}

  @Override
  public void onStopped(Mqtt5Client client, OnStoppedReturn stopped) {}
}
