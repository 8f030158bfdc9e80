package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.BrokerClient.End;
import io.gympulse.edge.sensing.mqtt.BrokerClient.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Keeps one connection to a broker, by MQTT 5 or, if the broker does not speak that, by MQTT
/// 3.1.1. Each attempt to connect begins with MQTT 5, so that a broker that was replaced is used
/// as it is. After a failed attempt the next follows in 1 s, then later each time, at least every
/// 10 s; a connection that has lasted for 30 s starts that anew. Safe for several threads.
final class BrokerConnection implements AutoCloseable {
  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  private final Function<Version, BrokerClient> clients;
  private final Listener listener;
  private final Scheduler scheduler;
  private Optional<BrokerClient> client = Optional.empty();
  private long attempt;
  private Duration delay = SHORTEST_DELAY;

  /// Receives events on any thread, one at a time, apart from messages: it must not block.
  interface Listener {

    /// Comes before any message.
    void connected(Connected connection);

    void received(String topic, byte[] payload, boolean retained);

    /// There is no connection any more, or still none.
    ///
    /// @param reason in words
    void disconnected(String reason);
  }

  /// A connection that was made.
  ///
  /// @param refused why it is not by MQTT 5
  /// @param sessionPresent whether the broker has kept a session, whose messages follow
  record Connected(
      BrokerClient client, Version version, Optional<String> refused, boolean sessionPresent) {}

  /// Runs tasks after a delay.
  @FunctionalInterface
  interface Scheduler {
    void after(Duration delay, Runnable task);
  }

  /// @param clients creates the client of an attempt
  BrokerConnection(
      Function<Version, BrokerClient> clients, Listener listener, Scheduler scheduler) {
    this.clients = clients;
    this.listener = listener;
    this.scheduler = scheduler;
  }

  /// Starts to connect and returns at once.
  void start() {
    connect(Version.MQTT_5, Optional.empty());
  }

  private synchronized void connect(Version version, Optional<String> refused) {
    attempt++;
    BrokerClient next = clients.apply(version);
    client = Optional.of(next);
    next.start(new Attempt(attempt, next, version, refused));
  }

  private synchronized void retry(long ended) {
    if (attempt == ended) {
      start();
    }
  }

  private synchronized void stable(long connected) {
    if (attempt == connected && client.isPresent()) {
      delay = SHORTEST_DELAY;
    }
  }

  @Override
  public synchronized void close() {
    attempt++;
    endClient();
  }

  private void endClient() {
    client.ifPresent(BrokerClient::close);
    client = Optional.empty();
  }

  /// The events of one attempt; those that come after its end are ignored.
  private final class Attempt implements BrokerClient.Listener {
    private final long number;
    private final BrokerClient own;
    private final Version version;
    private final Optional<String> refused;

    Attempt(long number, BrokerClient own, Version version, Optional<String> refused) {
      this.number = number;
      this.own = own;
      this.version = version;
      this.refused = refused;
    }

    private boolean isCurrent() {
      return attempt == number && client.isPresent();
    }

    @Override
    public void connected(boolean sessionPresent) {
      synchronized (BrokerConnection.this) {
        if (isCurrent()) {
          scheduler.after(STABLE_AFTER, () -> stable(number));
          listener.connected(new Connected(own, version, refused, sessionPresent));
        }
      }
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
      listener.received(topic, payload, retained);
    }

    @Override
    public void ended(End end) {
      synchronized (BrokerConnection.this) {
        if (!isCurrent()) {
          return;
        }
        endClient();
        switch (end) {
          case End.VersionRefused it when version == Version.MQTT_5 ->
              connect(Version.MQTT_3_1_1, Optional.of(it.reason()));
          case End.VersionRefused it -> failed(notConnected(it.reason()));
          case End.NotConnected it -> failed(notConnected(it.reason()));
          case End.Lost it -> failed("connection lost: " + it.reason());
        }
      }
    }

    private String notConnected(String reason) {
      return "no connection: " + reason + refused.map(" (MQTT 5: %s)"::formatted).orElse("");
    }

    private void failed(String reason) {
      Duration wait = delay;
      Duration longer = delay.multipliedBy(2);
      delay = longer.compareTo(LONGEST_DELAY) < 0 ? longer : LONGEST_DELAY;
      listener.disconnected(reason);
      scheduler.after(wait, () -> retry(number));
    }
  }
}
