package io.gympulse.local.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.local.netty.NettyMemory;
import io.gympulse.local.things.LastContacts;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The MQTT broker: 3.1.1 and 5, mutual TLS only, one policy for each kind of thing.
///
/// Sessions and their QoS 1 messages survive a restart and a kill of the process. An offline
/// session keeps its newest 1,000 messages per subscription, up to 512 KB per topic and 1 MB in
/// all. Publishes of devices are passed to the listener; messages of `publish` reach subscribers
/// only. No policy allows retained messages. [BrokerLimits] limit each client. A device whose
/// certificate is revoked in the registry is disconnected within a second. Thread-safe.
public final class Broker implements AutoCloseable {

  /// Receives every message that a device was allowed to publish.
  @FunctionalInterface
  public interface PublishListener {

    /// Called on the publisher's thread before its acknowledgement: must be quick. An exception is
    /// logged and does not affect the device.
    void published(String topic, byte[] payload);

    /// A device published a payload that is too large and is disconnected.
    ///
    /// @param head the first bytes of the payload: one more than is allowed
    default void oversized(String topic, byte[] head) {}
  }

  private static final int PROBE_TIMEOUT_MILLIS = 5_000;

  static {
    NettyMemory.allowUnsafe();
    // Else a client could make the server repeat the handshake without end.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BrokerSettings settings;
  private final BrokerLimits limits;
  private final PolicyAuthorizer authorizer;
  private final ActiveMQServerImpl server;
  private final LimitCounters counters = new LimitCounters();
  private final ProcessClock realTime;
  private final RateLimitedLog log;
  private final AdmissionControl admission;
  private final ConnectedClients clients;
  private final BrokerMaintenance maintenance;

  /// A broker with AWS IoT Core's limits, not yet started.
  ///
  /// @param realTime an unscaled clock; limits are scaled by the settings' clock rate instead
  public Broker(BrokerSettings settings, ThingRegistry things, ProcessClock realTime) {
    this(settings, things, realTime, BrokerLimits.IOT_CORE);
  }

  Broker(
      BrokerSettings settings,
      ThingRegistry things,
      ProcessClock realTime,
      BrokerLimits realLimits) {
    this.settings = settings;
    this.realTime = realTime;
    this.log = new RateLimitedLog(LOG, realTime::nanos);
    this.limits = realLimits.atClockRate(settings.clockRate());
    Configuration configuration = settings.artemis(limits);
    this.authorizer = new PolicyAuthorizer(things, configuration.getWildcardConfiguration(), log);
    this.server = new ActiveMQServerImpl(configuration, authorizer);
    this.admission = new AdmissionControl(limits, counters);
    this.clients = new ConnectedClients(limits, counters, realTime);
    LastContacts contacts = new LastContacts(settings.contacts());
    this.maintenance =
        new BrokerMaintenance(server, clients, things, contacts, realTime, limits, counters);
  }

  /// Starts to listen. Must be called once.
  ///
  /// @throws BindException if the port is in use
  /// @throws IOException if it cannot use its directory
  public void start(PublishListener listener) throws IOException {
    // Artemis only logs that a port is in use.
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
    }
    server.registerBrokerPlugin(new PublishInterceptor(server, authorizer, listener));
    server.registerBrokerPlugin(
        new PacketGuards(
            limits,
            counters,
            log,
            authorizer,
            clients,
            listener,
            this::sessionFilters,
            work -> server.getThreadPool().execute(work),
            realTime::nanos));
    server
        .getServiceRegistry()
        .addAcceptorFactory(
            BrokerSettings.ACCEPTOR,
            new GuardedAcceptorFactory(limits, counters, admission, log, realTime::nanos));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the broker does not start in " + settings.directory(), e);
    }
    if (!server.isActive() || port() <= 0) {
      throw new IOException(
          "the broker does not listen on " + settings.host() + ":" + settings.port());
    }
    maintenance.start();
  }

  private List<String> sessionFilters(String clientId) {
    try {
      MQTTSessionState state =
          MQTTStateManager.getInstance(server).getSessionStates().get(clientId);
      return state == null
          ? List.of()
          : state.getSubscriptions().stream().map(MqttTopicSubscription::topicFilter).toList();
    } catch (Exception e) {
      throw new IllegalStateException("the sessions of a running broker are readable", e);
    }
  }

  /// Connections and queued messages now, and how often each limit was enforced since the start.
  ///
  /// `connections` counts TCP connections, `unfinished` those without an accepted CONNECT,
  /// `heldBytes` the size of the messages in memory that wait for their subscribers.
  public ObjectNode health() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("connections", admission.open())
            .put("unfinished", admission.pending())
            .put("clients", clients.count())
            .put("subscriptions", clients.subscriptions())
            .put("addresses", server.getPostOffice().getAddresses().size())
            .put("heldBytes", server.getPagingManager().getGlobalSize());
    ObjectNode enforced = json.putObject("enforced");
    for (LimitCounters.Limit limit : LimitCounters.Limit.values()) {
      enforced.put(limit.wireName(), counters.of(limit));
    }
    return json;
  }

  /// The port on which it listens.
  public int port() {
    var acceptor = server.getRemotingService().getAcceptor(BrokerSettings.ACCEPTOR);
    return acceptor == null ? -1 : acceptor.getActualPort();
  }

  /// Why the broker has stopped for the rest of the process; empty if it runs. A journal that
  /// cannot be written, for example because the disk is full, stops it.
  public Optional<String> stopped() {
    return server.isActive() && server.getState() == ActiveMQServer.SERVER_STATE.STARTED
        ? Optional.empty()
        : Optional.of("the broker has stopped; see the log for the reason");
  }

  /// Why the broker does not accept connections; empty if it does. It may accept them again later.
  public Optional<String> unreachable() {
    int port = port();
    try (Socket probe = new Socket()) {
      InetAddress host = InetAddress.getByName(settings.host());
      probe.connect(
          new InetSocketAddress(
              host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host, port),
          PROBE_TIMEOUT_MILLIS);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the broker accepts no connections on port %d: %s".formatted(port, e));
    }
  }

  /// Publishes to all subscribers of a topic; policies do not apply.
  ///
  /// @param qos 0 or 1
  /// @throws IOException if the broker is stopping or its journal cannot be written
  public void publish(String topic, byte[] payload, int qos) throws IOException {
    String address =
        MQTTUtil.getCoreAddressFromMqttTopic(
            topic, server.getConfiguration().getWildcardConfiguration());
    CoreMessage message =
        new CoreMessage(server.getStorageManager().generateID(), payload.length + 64);
    message.setAddress(SimpleString.of(address));
    message.setRoutingType(RoutingType.MULTICAST);
    message.setType(Message.BYTES_TYPE);
    message.setDurable(qos == MqttQoS.AT_LEAST_ONCE.value());
    message.putIntProperty(MQTTUtil.MQTT_QOS_LEVEL_KEY, qos);
    message.putBooleanProperty(MQTTUtil.MQTT_MESSAGE_RETAIN_KEY, false);
    message.getBodyBuffer().writeBytes(payload);
    try {
      server.getPostOffice().route(message, new RoutingContextImpl(null), false);
    } catch (Exception e) {
      throw new IOException("cannot publish to " + topic, e);
    }
  }

  @Override
  public void close() {
    maintenance.close();
    try {
      server.stop(false, true);
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not stop", e);
    }
  }
}
