package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Connected;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Listens to topics of the sensors' broker apart from the gateway, which goes on undisturbed: with
/// a client id of its own, and without a session at the broker. An unreachable broker is retried.
public final class TopicListener implements AutoCloseable {
  private static final Scheduler DELAYED =
      (delay, task) ->
          CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task);

  private final BrokerSubscription subscription;
  private final BrokerConnection connection;

  /// @param clientId no other client may use it
  /// @param messages receives topic and payload on the client's threads: it must not block
  /// @param status receives each change of the connection, on any thread
  public TopicListener(
      LanBrokerConfig broker,
      String clientId,
      List<String> filters,
      BiConsumer<String, byte[]> messages,
      Consumer<SourceStatus> status) {
    LanBrokerConfig apart =
        new LanBrokerConfig(
            broker.host(), broker.port(), broker.login(), broker.caFile(), Duration.ZERO);
    this.subscription = new BrokerSubscription(filters, DELAYED);
    this.connection =
        new BrokerConnection(
            version ->
                switch (version) {
                  case MQTT_5 -> new Mqtt5BrokerClient(apart, clientId);
                  case MQTT_3_1_1 -> new Mqtt311BrokerClient(apart, clientId);
                },
            new Events(messages, status),
            DELAYED);
  }

  /// Starts to connect and returns at once. To be called once.
  public void start() {
    connection.start();
  }

  @Override
  public void close() {
    subscription.end();
    connection.close();
  }

  private final class Events implements BrokerConnection.Listener {
    private final BiConsumer<String, byte[]> messages;
    private final Consumer<SourceStatus> status;

    Events(BiConsumer<String, byte[]> messages, Consumer<SourceStatus> status) {
      this.messages = messages;
      this.status = status;
    }

    @Override
    public void connected(Connected connected) {
      subscription.begin(connected.client(), status);
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
      messages.accept(topic, payload);
    }

    @Override
    public void disconnected(String reason) {
      subscription.end();
      status.accept(new SourceStatus.Failing(reason));
    }
  }
}
