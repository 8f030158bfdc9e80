package io.gympulse.edge.uplink;

import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.uplink.IpcConnector.Connection;
import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// By IPC to the nucleus of AWS IoT Greengrass, which sends and receives by its own connection to
/// the cloud.
///
/// It is connected while the nucleus has granted the subscription to the acknowledgements and takes
/// messages. If the nucleus refuses a message, because it is offline and has no spooler, or a full
/// one, the uplink is disconnected, and tries again after 1 s, then after up to 30 s. After a drop
/// it opens a new connection after up to 1 s, then up to 10 s, and subscribes again.
///
/// It ends, see [#ended], if the nucleus does not accept this process's token: a new nucleus runs
/// then, with a new copy of the gateway. It also ends if there is no nucleus for the time in its
/// settings: it was killed, and this process is an orphan. A nucleus without a connection to the
/// cloud is no reason to end.
public final class GreengrassUplink implements Uplink {
  private final IpcConnector connector;
  private final String acksTopic;
  private final NucleusLink.Timing timing;
  private final LongSupplier nanos;
  private final SendingLimiter limiter;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile Optional<NucleusLink> link = Optional.empty();
  private boolean closed;

  /// @param connector closed with the uplink
  /// @param nanos monotonic time
  GreengrassUplink(
      IpcConnector connector,
      String acksTopic,
      NucleusLink.Timing timing,
      Budget budget,
      LongSupplier nanos) {
    this.connector = connector;
    this.acksTopic = acksTopic;
    this.timing = timing;
    this.nanos = nanos;
    this.limiter = new SendingLimiter(budget, nanos);
  }

  /// @param acksTopic where this gateway's acknowledgements arrive
  public static Uplink of(Greengrass settings, String acksTopic) {
    return BasicIngestUplink.on(
        settings.topics(),
        new GreengrassUplink(
            new IpcConnector(settings.nucleus(), IpcConnector.Limits.USUAL),
            acksTopic,
            NucleusLink.Timing.usual(settings.lostAfter()),
            settings.budget(),
            ProcessClock.real()::nanos));
  }

  @Override
  public synchronized void start(Listener listener) {
    NucleusLink started = new NucleusLink(connector, acksTopic, timing, nanos, listener);
    var _ = started.ended().thenAccept(ended::complete);
    link = Optional.of(started);
    started.start();
  }

  /// The messages of the budget's burst are passed on at once, further ones with a delay of up to
  /// five seconds; beyond that, publishing fails.
  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    if (payload.length > Topics.MAX_PAYLOAD_BYTES) {
      return failed("the broker takes no message of %d bytes".formatted(payload.length));
    }
    if (connection().isEmpty()) {
      return failed("there is no connection to the cloud through the nucleus");
    }
    Optional<Duration> delay = limiter.delay(payload.length);
    if (delay.isEmpty()) {
      return failed("too many messages wait to be sent");
    }
    if (delay.get().isZero()) {
      return send(topic, payload);
    }
    Executor later =
        CompletableFuture.delayedExecutor(
            delay.get().toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
    return CompletableFuture.<Void>completedFuture(null)
        .thenComposeAsync(_ -> send(topic, payload), later);
  }

  private CompletableFuture<Void> send(String topic, byte[] payload) {
    Optional<Connection> connection = connection();
    if (connection.isEmpty()) {
      return failed("the connection to the cloud through the nucleus was lost");
    }
    CompletableFuture<Void> reply = connection.get().publish(topic, payload);
    var _ =
        reply.exceptionally(
            e -> {
              link.ifPresent(it -> it.publishFailed(connection.get(), topic, e));
              return null;
            });
    return reply;
  }

  private Optional<Connection> connection() {
    return link.flatMap(NucleusLink::connection);
  }

  private static CompletableFuture<Void> failed(String reason) {
    return CompletableFuture.failedFuture(new IllegalStateException(reason));
  }

  @Override
  public CompletableFuture<String> ended() {
    return ended.copy();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      link.ifPresent(NucleusLink::close);
      connector.close();
    }
    link = Optional.empty();
  }
}
