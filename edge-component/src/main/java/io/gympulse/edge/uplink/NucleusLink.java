package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.IpcConnector.Connection;
import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import io.gympulse.process.RateLimitedLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.aws.greengrass.model.UnauthorizedError;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.eventstreamrpc.EventStreamClosedException;
import software.amazon.awssdk.eventstreamrpc.model.AccessDeniedException;

/// Keeps a connection to the nucleus and its subscription: see [GreengrassUplink]. All that
/// happens, happens one after the other on a daemon thread of its own. Safe for any number of
/// threads.
final class NucleusLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NucleusLink.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  /// After so long without a refused message the next one counts as the first again.
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final IpcConnector connector;
  private final String acksTopic;
  private final Timing timing;
  private final LongSupplier nanos;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Uplink.Listener listener;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final RateLimitedLog log;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("uplink").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /// Present while the listener is connected.
  private volatile Optional<Connection> sending = Optional.empty();

  private volatile Optional<Connection> open = Optional.empty();
  private volatile boolean closed;

  // These are used only by the thread.
  private boolean subscribed;
  private long lostAt;
  private long connectedAt;
  private int attempts;
  private int subscriptions;
  private int refusals;

  /// @param reconnect delays between attempts to connect
  /// @param retry delays after refusals of a subscription or of messages
  /// @param lostAfter after so long without a connection the link ends
  record Timing(Backoff reconnect, Backoff retry, Duration lostAfter) {
    static Timing usual(Duration lostAfter) {
      return new Timing(
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), Jitter.EQUAL),
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Jitter.EQUAL),
          lostAfter);
    }
  }

  NucleusLink(
      IpcConnector connector,
      String acksTopic,
      Timing timing,
      LongSupplier nanos,
      Uplink.Listener listener) {
    this.connector = connector;
    this.acksTopic = acksTopic;
    this.timing = timing;
    this.nanos = nanos;
    this.listener = listener;
    this.log = RateLimitedLog.onePer(LOG_INTERVAL, LOG, nanos);
  }

  void start() {
    run(
        () -> {
          lostAt = nanos.getAsLong();
          connect();
        });
  }

  /// Where messages can be sent now.
  Optional<Connection> connection() {
    return sending;
  }

  /// Completes with the reason if only a new process can connect.
  CompletableFuture<String> ended() {
    return ended;
  }

  private void connect() {
    CompletableFuture<Connection> opening = new CompletableFuture<>();
    var _ =
        connector
            .open(reason -> run(() -> dropped(opening.join(), reason)))
            .whenComplete(
                (it, e) -> {
                  if (it != null) {
                    opening.complete(it);
                    if (closed) {
                      it.close();
                    }
                  }
                  run(() -> opened(it, e));
                });
  }

  private void opened(@Nullable Connection connection, @Nullable Throwable failure) {
    if (connection == null) {
      notConnected(cause(failure));
    } else {
      open = Optional.of(connection);
      attempts = 0;
      subscribe(connection);
    }
  }

  private void notConnected(Throwable failure) {
    if (failure instanceof AccessDeniedException) {
      end("the Greengrass nucleus was restarted and has started a new copy of this process");
      return;
    }
    Duration left = timing.lostAfter().minusNanos(nanos.getAsLong() - lostAt);
    if (!left.isPositive()) {
      end(
          "there has been no Greengrass nucleus for %d s"
              .formatted(timing.lostAfter().toSeconds()));
      return;
    }
    log.warn("connect", "uplink: no connection to the nucleus: {}", failure);
    Duration delay = timing.reconnect().delay(attempts++, random.nextDouble());
    schedule(delay.compareTo(left) < 0 ? delay : left, this::connect);
  }

  private void end(String reason) {
    close();
    ended.complete(reason);
  }

  private void subscribe(Connection connection) {
    var _ =
        connection
            .subscribe(
                acksTopic,
                listener::acknowledgement,
                () -> run(() -> subscriptionEnded(connection)))
            .whenComplete((_, e) -> run(() -> subscribed(connection, e)));
  }

  private void subscribed(Connection connection, @Nullable Throwable failure) {
    if (!isOpen(connection)) {
      return;
    }
    if (failure == null) {
      subscribed = true;
      subscriptions = 0;
      connected(connection);
    } else if (isLost(cause(failure))) {
      dropped(connection, String.valueOf(cause(failure)));
    } else {
      if (cause(failure) instanceof UnauthorizedError) {
        log.error(
            "subscribe",
            "uplink: the component's accessControl does not allow to subscribe to {}; add it there",
            acksTopic);
      } else {
        log.warn("subscribe", "uplink: {} cannot be subscribed to: {}", acksTopic, cause(failure));
      }
      retry(subscriptions++, () -> subscribeAgain(connection));
    }
  }

  private void subscribeAgain(Connection connection) {
    if (isOpen(connection)) {
      subscribe(connection);
    }
  }

  private void subscriptionEnded(Connection connection) {
    if (isOpen(connection) && subscribed) {
      subscribed = false;
      disconnected("the nucleus has ended the subscription");
      retry(subscriptions++, () -> subscribeAgain(connection));
    }
  }

  /// A message was not taken, or maybe was.
  void publishFailed(Connection connection, String topic, Throwable failure) {
    run(() -> refused(connection, topic, cause(failure)));
  }

  private void refused(Connection connection, String topic, Throwable failure) {
    if (isLost(failure)) {
      dropped(connection, String.valueOf(failure));
    } else if (failure instanceof UnauthorizedError) {
      log.error(
          "publish " + topic,
          "uplink: the component's accessControl does not allow to publish on {}; add it there",
          topic);
    } else if (sending.filter(connection::equals).isPresent()) {
      if (nanos.getAsLong() - connectedAt > STEADY.toNanos()) {
        refusals = 0;
      }
      disconnected("the nucleus takes no messages: " + failure.getMessage());
      retry(
          refusals++,
          () -> {
            if (isOpen(connection) && subscribed && sending.isEmpty()) {
              connected(connection);
            }
          });
    }
  }

  private void connected(Connection connection) {
    sending = Optional.of(connection);
    connectedAt = nanos.getAsLong();
    log.info("connected", "uplink: connected through the nucleus");
    listener.connected();
  }

  private void disconnected(String reason) {
    if (sending.isPresent()) {
      sending = Optional.empty();
      log.warn("disconnected", "uplink: connection lost: {}", reason);
      listener.disconnected(reason);
    }
  }

  private void dropped(Connection connection, String reason) {
    if (!isOpen(connection)) {
      return;
    }
    open = Optional.empty();
    subscribed = false;
    connection.close();
    disconnected(reason);
    lostAt = nanos.getAsLong();
    schedule(timing.reconnect().delay(attempts++, random.nextDouble()), this::connect);
  }

  private boolean isOpen(Connection connection) {
    return open.filter(connection::equals).isPresent();
  }

  /// Whether the connection is of no more use: it has dropped, or the nucleus does not respond.
  private static boolean isLost(Throwable failure) {
    return failure instanceof EventStreamClosedException
        || failure instanceof CrtRuntimeException
        || failure instanceof TimeoutException;
  }

  private static Throwable cause(@Nullable Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return failure.getCause();
    }
    return failure == null ? new IllegalStateException("no connection and no reason") : failure;
  }

  private void retry(int retries, Runnable action) {
    schedule(timing.retry().delay(retries, random.nextDouble()), action);
  }

  private void run(Runnable action) {
    schedule(Duration.ZERO, action);
  }

  private void schedule(Duration delay, Runnable action) {
    var _ = thread.schedule(() -> execute(action), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Without its thread the gateway would look alive but send nothing.
  private void execute(Runnable action) {
    if (closed) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    sending = Optional.empty();
    open.ifPresent(Connection::close);
  }
}
