package io.gympulse.local.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.things.Contacts;
import io.gympulse.local.things.ThingRegistry;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The MQTT broker: 3.1.1 and 5, mutual TLS only, one policy for each kind of thing.
///
/// Sessions and their QoS 1 messages survive a restart, a killed process included. A session that
/// stays away keeps its newest 1,000 messages per subscription, up to 512 KB per topic and 1 MB in
/// all. Publishes of devices reach the listener; what `publish` sends reaches subscribers only. No
/// policy allows retained messages. What a client may use is bounded by [BrokerLimits]. Who is
/// revoked in the registry is disconnected within a second. Thread-safe.
public final class Broker implements AutoCloseable {

  /// AWS IoT Core's largest packet: payload, topic and properties.
  private static final int MAX_PACKET_BYTES = 149_504;

  /// AWS IoT Core keeps a persistent session of an MQTT 3.1.1 client for an hour.
  private static final int SESSION_EXPIRY_SECONDS = 3600;

  private static final int PROBE_MILLIS = 5_000;

  /// AWS IoT Core's longest keep-alive.
  private static final int MAX_KEEP_ALIVE_SECONDS = 1_200;

  private static final long RING_SIZE = 1_000;

  /// What waits in memory for all clients. More is dropped whoever it is for, so [BrokerTending]
  /// bounds each client long before.
  private static final long HELD_IN_ALL = 64L << 20;

  /// Observers share the topic of rejects: each keeps its newest, and none fills it for the others.
  private static final long REJECTS_RING = 500;

  private static final long REJECTS_HELD = 16L << 20;

  /// How soon an address without subscriptions goes: after two scans.
  private static final long ADDRESS_SCAN_MILLIS = 5_000;

  private static final String ACCEPTOR = "mqtt";

  /// Without a queue: what goes there is gone, as on AWS IoT.
  private static final SimpleString NOWHERE = SimpleString.of("gympulse.nowhere");

  static {
    // The journal frees buffers through Netty, which on JDK 25 can do so with Unsafe only. This
    // has to be said before Netty's first class is loaded.
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "false");
    }
    // A client could make the server repeat the handshake for as long as it likes.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BrokerSettings settings;
  private final BrokerLimits limits;
  private final Gatekeeper gatekeeper;
  private final ActiveMQServerImpl server;
  private final LimitCounters counters = new LimitCounters();
  private final RateLimitedLog log = new RateLimitedLog(LOG, System::nanoTime);
  private final Admission admission;
  private final Clients clients;
  private final BrokerTending tending;

  /// A broker that does not listen yet, with AWS IoT Core's limits.
  public Broker(BrokerSettings settings, ThingRegistry things, Policies policies) {
    this(settings, things, policies, BrokerLimits.IOT_CORE);
  }

  Broker(
      BrokerSettings settings, ThingRegistry things, Policies policies, BrokerLimits realLimits) {
    this.settings = settings;
    this.limits = realLimits.atClockRate(settings.clockRate());
    Configuration configuration = configuration(settings, limits);
    this.gatekeeper =
        new Gatekeeper(things, policies, configuration.getWildcardConfiguration(), log);
    this.server = new ActiveMQServerImpl(configuration, gatekeeper);
    this.admission = new Admission(limits, counters);
    InstantSource wall = InstantSource.system();
    this.clients = new Clients(limits, counters, wall);
    Contacts contacts = new Contacts(settings.contacts());
    this.tending = new BrokerTending(server, clients, things, contacts, wall, limits, counters);
  }

  /// Starts to listen. To be called once.
  ///
  /// @throws BindException if the port is taken
  /// @throws IOException if it cannot use its directory
  public void start(PublishListener listener) throws IOException {
    // The broker itself only logs that a port is taken.
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
    }
    server.registerBrokerPlugin(new MessageTap(server, gatekeeper, listener));
    server.registerBrokerPlugin(
        new GuardedConnections(
            new GuardSettings(
                limits,
                counters,
                log,
                gatekeeper,
                clients,
                listener,
                this::sessionFilters,
                work -> server.getThreadPool().execute(work),
                System::nanoTime)));
    server
        .getServiceRegistry()
        .addAcceptorFactory(
            ACCEPTOR, new GuardedAcceptor(limits, counters, admission, log, System::nanoTime));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the broker does not start in " + settings.directory(), e);
    }
    if (!server.isActive() || port() <= 0) {
      throw new IOException(
          "the broker does not listen on " + settings.host() + ":" + settings.port());
    }
    tending.start();
  }

  private List<String> sessionFilters(String clientId) {
    try {
      MQTTSessionState state =
          MQTTStateManager.getInstance(server).getSessionStates().get(clientId);
      return state == null
          ? List.of()
          : state.getSubscriptions().stream().map(MqttTopicSubscription::topicFilter).toList();
    } catch (Exception e) {
      throw new IllegalStateException("the sessions of a running broker can be read", e);
    }
  }

  /// What is connected and held now, and how often each limit was enforced since the start.
  ///
  /// `connections` counts TCP connections, `unfinished` those without an accepted CONNECT; what is
  /// held waits in memory for its subscribers.
  public ObjectNode health() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("connections", admission.open())
            .put("unfinished", admission.unfinished())
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

  /// The port that it listens on.
  public int port() {
    var acceptor = server.getRemotingService().getAcceptor(ACCEPTOR);
    return acceptor == null ? -1 : acceptor.getActualPort();
  }

  /// Why it does not come back in this process; empty if it runs. A journal that could not be
  /// written, on a full disk for example, stops the broker for good.
  public Optional<String> stopped() {
    return server.isActive() && server.getState() == ActiveMQServer.SERVER_STATE.STARTED
        ? Optional.empty()
        : Optional.of("the broker has stopped; see the log for the reason");
  }

  /// Why it takes no connections; empty if it does. One that runs may take them again later.
  public Optional<String> unreachable() {
    int port = port();
    try (Socket probe = new Socket()) {
      InetAddress host = InetAddress.getByName(settings.host());
      probe.connect(
          new InetSocketAddress(
              host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host, port),
          PROBE_MILLIS);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the broker takes no connections on port %d: %s".formatted(port, e));
    }
  }

  /// Publishes to all subscribers of a topic, without asking a policy.
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
    tending.close();
    try {
      server.stop(false, true);
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not stop", e);
    }
  }

  private static Configuration configuration(BrokerSettings settings, BrokerLimits limits) {
    Path directory = settings.directory();
    var configuration = new ConfigurationImpl();
    configuration.setName("gympulse-local");
    configuration.setJournalDirectory(directory.resolve("journal").toString());
    configuration.setBindingsDirectory(directory.resolve("bindings").toString());
    configuration.setPagingDirectory(directory.resolve("paging").toString());
    configuration.setLargeMessagesDirectory(directory.resolve("large").toString());
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalFileSize(1 << 20);
    configuration.setJournalMinFiles(2);
    configuration.setJournalPoolFiles(2);
    // Nobody may be let in because someone else with the same user name was.
    configuration.setAuthenticationCacheSize(0);
    configuration.setAuthorizationCacheSize(0);
    configuration.setSecurityEnabled(true);
    configuration.setPopulateValidatedUser(false);
    configuration.setJMXManagementEnabled(false);
    configuration.setThreadPoolMaxSize(8);
    configuration.setScheduledThreadPoolMaxSize(2);
    configuration.setGlobalMaxSize(HELD_IN_ALL);
    configuration.setMaxDiskUsage(-1);
    configuration.setGracefulShutdownEnabled(false);
    configuration.setAddressQueueScanPeriod(ADDRESS_SCAN_MILLIS);
    configuration.addAddressSetting("#", held(RING_SIZE, limits.heldBytesPerTopic()));
    configuration.addAddressSetting(
        MQTTUtil.getCoreAddressFromMqttTopic(
            Topics.ERRORS, configuration.getWildcardConfiguration()),
        held(REJECTS_RING, REJECTS_HELD));
    // The sessions themselves, as many as there are things.
    configuration.addAddressSetting(MQTTUtil.MQTT_SESSION_STORE, held(-1, -1));
    configuration.addAcceptorConfiguration(acceptor(settings, limits));
    return configuration;
  }

  private static AddressSettings held(long ring, long bytes) {
    return new AddressSettings()
        .setAutoCreateAddresses(true)
        .setAutoCreateQueues(true)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(true)
        .setDefaultRingSize(ring)
        .setMaxSizeBytes(bytes)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
        .setDeadLetterAddress(NOWHERE)
        .setExpiryAddress(NOWHERE)
        .setMaxDeliveryAttempts(-1);
  }

  private static TransportConfiguration acceptor(BrokerSettings settings, BrokerLimits limits) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("host", settings.host());
    parameters.put("port", settings.port());
    parameters.put("protocols", "MQTT");
    parameters.put("remotingThreads", 2);
    parameters.put("useEpoll", false);
    parameters.put("sslEnabled", true);
    parameters.put("needClientAuth", true);
    parameters.put("enabledProtocols", "TLSv1.2,TLSv1.3");
    parameters.put("keyStoreType", "PEM");
    parameters.put("keyStorePath", settings.serverPem().toString());
    // The guard has a deadline of its own, which ends with the accepted CONNECT.
    parameters.put("handshake-timeout", 0);
    parameters.put("trustStoreType", "PEMCA");
    parameters.put("trustStorePath", settings.rootCaPem().toString());
    Map<String, Object> protocol =
        Map.of(
            "maximumPacketSize",
            MAX_PACKET_BYTES,
            "defaultMqttSessionExpiryInterval",
            SESSION_EXPIRY_SECONDS,
            "serverKeepAlive",
            MAX_KEEP_ALIVE_SECONDS,
            "topicAliasMaximum",
            TopicAliases.MOST,
            "defaultMaximumInFlightPublishMessages",
            limits.unacknowledged());
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR, protocol);
  }
}
