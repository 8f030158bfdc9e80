package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Connected;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Receives every message of the gym's broker, on a connection of its own without a session. It
/// keeps nothing: who receives bounds what is kept. It reconnects by itself. Safe for several
/// threads.
public final class TopicMonitor implements AutoCloseable {
  private static final List<String> ALL = List.of("#");
  private static final Scheduler DELAYED =
      (delay, task) ->
          CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task);

  private final LanBrokerConfig broker;
  private final String clientId;
  private final Receiver receiver;
  private final BrokerSubscription subscription = new BrokerSubscription(ALL, DELAYED);
  private final BrokerConnection connection;
  private volatile SourceStatus status = new SourceStatus.Starting();

  /// Receives messages on the connection's thread: it must not block.
  @FunctionalInterface
  public interface Receiver {

    /// @param retained whether the broker had retained it
    void received(String topic, byte[] payload, boolean retained);
  }

  /// @param clientId no other client may use it
  public TopicMonitor(LanBrokerConfig broker, String clientId, Receiver receiver) {
    this.broker =
        new LanBrokerConfig(
            broker.host(), broker.port(), broker.login(), broker.caFile(), Duration.ZERO);
    this.clientId = clientId;
    this.receiver = receiver;
    this.connection = new BrokerConnection(this::newClient, new Events(), DELAYED);
  }

  private BrokerClient newClient(BrokerClient.Version version) {
    return switch (version) {
      case MQTT_5 -> new Mqtt5BrokerClient(broker, clientId);
      case MQTT_3_1_1 -> new Mqtt311BrokerClient(broker, clientId);
    };
  }

  /// Starts to connect and returns at once.
  public void start() {
    connection.start();
  }

  public SourceStatus status() {
    return status;
  }

  @Override
  public void close() {
    subscription.end();
    connection.close();
  }

  private final class Events implements BrokerConnection.Listener {
    @Override
    public void connected(Connected connected) {
      subscription.begin(connected.client(), it -> status = it);
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
      receiver.received(topic, payload, retained);
    }

    @Override
    public void disconnected(String reason) {
      subscription.end();
      status = new SourceStatus.Failing(reason);
    }
  }
}
