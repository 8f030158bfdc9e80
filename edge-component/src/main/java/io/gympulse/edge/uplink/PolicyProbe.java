package io.gympulse.edge.uplink;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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
import software.amazon.awssdk.crt.mqtt5.packets.PublishPacket.PublishPacketBuilder;
import software.amazon.awssdk.crt.mqtt5.packets.SubscribePacket.SubscribePacketBuilder;

/// Tries out a gateway's policy: connects, subscribes to the acknowledgements, publishes to the
/// topic that reads its own health shadow, and to that of another gateway. None of it changes
/// anything. A connection with the same client id ends here, so a running gateway needs another id.
public final class PolicyProbe {
  private static final int FIRST_FAILURE = 0x80;

  private final UplinkSettings.Direct settings;
  private final GatewayAddress address;
  private final Duration timeout;

  /// What the cloud allows.
  public sealed interface Result {

    /// The gateway's own topics and no other's.
    record Sound() implements Result {}

    /// There is no connection.
    ///
    /// @param refused by the broker, not for want of a network
    record NotConnected(boolean refused, String reason) implements Result {}

    /// One of the gateway's own topics is refused.
    record TooNarrow(String topic, String reason) implements Result {}

    /// Another gateway's topic is allowed.
    record TooWide(String topic) implements Result {}
  }

  /// @param timeout for each of the four steps
  public PolicyProbe(UplinkSettings.Direct settings, GatewayAddress address, Duration timeout) {
    this.settings = settings;
    this.address = address;
    this.timeout = timeout;
  }

  /// Blocks until all steps are done.
  ///
  /// @param clientId the gateway's id, or another one if the policy allows that
  public Result run(String clientId) {
    CompletableFuture<Result> connected = new CompletableFuture<>();
    try (Mqtt5Client client =
        new MutualTlsClientFactory(settings, clientId)
            .create(new FirstConnection(connected), (_, _) -> {})) {
      client.start();
      Result first = within(connected);
      Result result = first instanceof Result.Sound ? topics(client) : first;
      client.stop();
      return result;
    } catch (CredentialsException | CrtRuntimeException e) {
      return new Result.NotConnected(false, String.valueOf(e.getMessage()));
    } catch (CompletionException e) {
      return new Result.NotConnected(false, "no answer within " + timeout.toSeconds() + " s");
    }
  }

  private Result topics(Mqtt5Client client) {
    String acks = Topics.acks(address);
    String own = health(address.gateway().value());
    String foreign = health(address.gateway().value() + "-doctor");
    try {
      int granted =
          within(client.subscribe(new SubscribePacketBuilder(acks, QOS.AT_LEAST_ONCE).build()))
              .getReasonCodes()
              .getFirst()
              .getValue();
      if (granted >= FIRST_FAILURE) {
        return new Result.TooNarrow(acks, "SUBACK " + granted);
      }
    } catch (CompletionException e) {
      return new Result.TooNarrow(acks, String.valueOf(e.getMessage()));
    }
    try {
      int taken = publish(client, own);
      if (taken >= FIRST_FAILURE) {
        return new Result.TooNarrow(own, "PUBACK " + taken);
      }
    } catch (CompletionException e) {
      return new Result.TooNarrow(own, String.valueOf(e.getMessage()));
    }
    return isRefused(client, foreign) ? new Result.Sound() : new Result.TooWide(foreign);
  }

  /// By the reason in PUBACK, or by the end of the connection.
  private boolean isRefused(Mqtt5Client client, String topic) {
    try {
      return publish(client, topic) >= FIRST_FAILURE;
    } catch (CompletionException e) {
      return true;
    }
  }

  private int publish(Mqtt5Client client, String topic) {
    return within(
            client.publish(new PublishPacketBuilder(topic, QOS.AT_LEAST_ONCE, new byte[0]).build()))
        .getResultPubAck()
        .getReasonCode()
        .getValue();
  }

  private static String health(String thing) {
    return "$aws/things/" + thing + "/shadow/name/health/get";
  }

  private <T> T within(CompletableFuture<T> future) {
    return future.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /// Completes with [Result.Sound] if the first attempt connects.
  private record FirstConnection(CompletableFuture<Result> outcome) implements LifecycleEvents {

    @Override
    public void onConnectionSuccess(Mqtt5Client it, OnConnectionSuccessReturn success) {
      outcome.complete(new Result.Sound());
    }

    @Override
    public void onConnectionFailure(Mqtt5Client it, OnConnectionFailureReturn failure) {
      var refusal = failure.getConnAckPacket();
      outcome.complete(
          refusal == null
              ? new Result.NotConnected(false, CRT.awsErrorString(failure.getErrorCode()))
              : new Result.NotConnected(true, String.valueOf(refusal.getReasonCode())));
    }

    @Override
    public void onDisconnection(Mqtt5Client it, OnDisconnectionReturn disconnection) {}

    @Override
    public void onAttemptingConnect(Mqtt5Client it, OnAttemptingConnectReturn attempt) {}

    @Override
    public void onStopped(Mqtt5Client it, OnStoppedReturn stopped) {}
  }
}
