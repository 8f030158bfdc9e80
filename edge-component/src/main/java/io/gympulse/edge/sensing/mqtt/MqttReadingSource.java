package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Connected;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sensors that publish to the gym's own broker, over MQTT 5 or, if the broker does not speak that,
/// MQTT 3.1.1.
///
/// The broker keeps a session while the gateway is not connected, for as long as the configuration
/// says, and then delivers the messages of that time that were sent with QoS 1 or 2. They count as
/// retained ones do, since they may be as old: a level is valid, a pulse is over. Of each sensor's
/// readings among them only the last counts, at the time of its arrival.
///
/// Devices of which no reading has arrived 2 s after the subscription are asked for it, if their
/// preset knows how.
///
/// An unreachable broker is retried after 1 s, then less often, at least every 10 s; a topic that
/// it refuses, every 5 s. A malformed payload is logged, at most once in a minute per sensor.
/// Sensors whose device is reported as unavailable remain so until their next reading or until it
/// is reported as available.
public final class MqttReadingSource implements ReadingSource {
  private static final Logger LOG = LoggerFactory.getLogger(MqttReadingSource.class);
  /// How long after the subscription messages are still taken for those that the broker has kept.
  private static final Duration BACKLOG = Duration.ofMillis(200);

  private static final Scheduler DELAYED =
      (delay, task) ->
          CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task);

  private final LanBrokerConfig broker;
  private final String clientId;
  private final MessageRouter router;
  private final ReadingRequests requests;
  private final SparkplugDevices sparkplug;
  private final List<String> filters;
  private final Set<String> derivedAvailability;
  private final SourceStatus.Holder status;
  private Optional<Session> session = Optional.empty();

  /// @param clientId MQTT client id of this gateway; no other client may use it
  /// @param sensors those whose source is not MQTT are ignored
  /// @param clock the gateway's timeline, to which readings are dated
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised;
  ///     sensors' timestamps are wall times
  public MqttReadingSource(
      LanBrokerConfig broker,
      String clientId,
      Collection<Sensor> sensors,
      InstantSource clock,
      Function<Instant, Optional<Instant>> wall) {
    this.broker = broker;
    this.clientId = clientId;
    this.router = new MessageRouter(sensors, clock, wall);
    this.requests = new ReadingRequests(sensors, DELAYED);
    this.sparkplug =
        new SparkplugDevices(
            sensors,
            DELAYED,
            () -> wall.apply(clock.instant()).orElseGet(clock::instant),
            ProcessClock.real()::nanos);
    this.filters =
        Stream.of(router.filters().stream(), requests.answerTopics(), sparkplug.birthTopics())
            .flatMap(Function.identity())
            .toList();
    this.derivedAvailability = derivedAvailability(sensors);
    this.status = new SourceStatus.Holder(router.sensors(), clock);
  }

  /// The topics of availability that the floor plan need not have given.
  private static Set<String> derivedAvailability(Collection<Sensor> sensors) {
    Set<String> topics = new TreeSet<>();
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SourceConfig.Mqtt source) {
        MqttMapping mapping = source.mapping();
        source
            .preset()
            .availability(Optional.empty(), mapping.topic())
            .filter(mapping.availability()::equals)
            .ifPresent(all -> all.forEach(it -> topics.add(it.topic().text())));
      }
    }
    return topics;
  }

  @Override
  public Set<SensorId> sensors() {
    return router.sensors();
  }

  @Override
  public SourceStatus status() {
    return status.get();
  }

  @Override
  public Map<SensorId, SensorStats> stats() {
    return router.stats();
  }

  @Override
  public Map<SensorId, List<ReceivedMessage>> messages() {
    return router.messages();
  }

  @Override
  public synchronized void start(Consumer<SensorInput> receiver) {
    if (!derivedAvailability.isEmpty()) {
      LOG.info(
          "LAN broker {}: availability is expected on {}, which follow from the topics of readings;"
              + " give 'availability' where a device reports it elsewhere, or not at all",
          broker,
          derivedAvailability);
    }
    Session started = new Session(receiver);
    session = Optional.of(started);
    started.connection.start();
  }

  @Override
  public synchronized void close() {
    session.ifPresent(
        it -> {
          it.subscription.end();
          requests.end();
          sparkplug.end();
          it.connection.close();
        });
    session = Optional.empty();
  }

  /// Passes on what arrives, from start to close.
  private final class Session implements BrokerConnection.Listener {
    private final SessionBacklog receiver;
    private final BrokerSubscription subscription = new BrokerSubscription(filters, DELAYED);
    private final BrokerConnection connection =
        new BrokerConnection(this::newClient, this, DELAYED);

    Session(Consumer<SensorInput> receiver) {
      this.receiver = new SessionBacklog(receiver);
    }

    private BrokerClient newClient(BrokerClient.Version version) {
      return switch (version) {
        case MQTT_5 -> new Mqtt5BrokerClient(broker, clientId);
        case MQTT_3_1_1 -> new Mqtt311BrokerClient(broker, clientId);
      };
    }

    @Override
    public void connected(Connected connected) {
      Runnable whenSubscribed = () -> {};
      if (connected.sessionPresent()) {
        long backlog = receiver.begin();
        whenSubscribed = () -> DELAYED.after(BACKLOG, () -> receiver.end(backlog));
      }
      Runnable end = whenSubscribed;
      subscription.begin(connected.client(), it -> subscribed(connected, it, end));
    }

    private void subscribed(Connected connected, SourceStatus outcome, Runnable whenRunning) {
      switch (outcome) {
        case SourceStatus.Running it -> {
          running(connected, it);
          whenRunning.run();
          requests.begin(connected.client());
          sparkplug.begin(connected.client());
        }
        case SourceStatus.Failing it -> failing(it);
        case SourceStatus.Starting it -> status.update(it, receiver);
      }
    }

    private void running(Connected connected, SourceStatus.Running running) {
      if (status.update(running, receiver)) {
        LOG.info(
            "LAN broker {}: subscribed to {} topic filters by {}{}",
            broker,
            filters.size(),
            connected.version(),
            connected.refused().map(" (MQTT 5: %s)"::formatted).orElse(""));
        router.reportUnavailable(receiver);
      }
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
      boolean old = retained || receiver.isOpen();
      sparkplug
          .messages(topic, payload)
          .ifPresentOrElse(
              all -> all.forEach(it -> route(it, old)),
              () -> router.received(topic, payload, old, this::deliver));
      requests.reading(topic, payload).ifPresent(it -> route(it, old));
    }

    private void route(TranslatedMessage message, boolean old) {
      router.received(message.topic(), message.payload(), old || message.old(), this::deliver);
    }

    private void deliver(SensorInput input) {
      requests.heard(input);
      receiver.accept(input);
    }

    @Override
    public void disconnected(String reason) {
      subscription.end();
      failing(new SourceStatus.Failing(reason));
    }

    private void failing(SourceStatus.Failing failing) {
      receiver.discard();
      requests.end();
      sparkplug.end();
      router.disconnected();
      if (status.update(failing, receiver)) {
        LOG.warn("LAN broker {}: {}", broker, failing.reason());
      }
    }
  }
}
