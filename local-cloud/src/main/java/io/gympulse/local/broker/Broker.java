package io.gympulse.local.broker;

import io.gympulse.local.things.ThingRegistry;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// The MQTT broker: 3.1.1 and 5, mutual TLS only, one policy for each kind of thing.
///
/// Sessions, their QoS 1 messages and retained messages survive a restart, a killed process
/// included. A session that stays away keeps its newest 10,000 messages per subscription. Publishes
/// of devices reach the listener; what `publish` sends reaches subscribers only. Thread-safe.
public final class Broker implements AutoCloseable {

  /// AWS IoT Core's largest packet: payload, topic and properties.
  private static final int MAX_PACKET_BYTES = 149_504;

  /// AWS IoT Core keeps a persistent session of an MQTT 3.1.1 client for an hour.
  private static final int SESSION_EXPIRY_SECONDS = 3600;

  private static final int PROBE_MILLIS = 5_000;
  private static final long RING_SIZE = 10_000;
  private static final String ACCEPTOR = "mqtt";

  /// Without a queue: what goes there is gone, as on AWS IoT.
  private static final SimpleString NOWHERE = SimpleString.of("gympulse.nowhere");

  static {
    // The journal frees buffers through Netty, which on JDK 25 can do so with Unsafe only. This
    // has to be said before Netty's first class is loaded.
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "false");
    }
  }

  private final BrokerSettings settings;
  private final Gatekeeper gatekeeper;
  private final ActiveMQServerImpl server;

  /// A broker that does not listen yet.
  public Broker(BrokerSettings settings, ThingRegistry things, Policies policies) {
    this.settings = settings;
    Configuration configuration = configuration(settings);
    this.gatekeeper = new Gatekeeper(things, policies, configuration.getWildcardConfiguration());
    this.server = new ActiveMQServerImpl(configuration, gatekeeper);
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
    LimitsInterceptor limits =
        new LimitsInterceptor(listener, work -> server.getThreadPool().execute(work));
    server.getServiceRegistry().addIncomingInterceptor(limits);
    server.getServiceRegistry().addOutgoingInterceptor(limits);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the broker does not start in " + settings.directory(), e);
    }
    if (!server.isActive() || port() <= 0) {
      throw new IOException(
          "the broker does not listen on " + settings.host() + ":" + settings.port());
    }
  }

  /// The port that it listens on.
  public int port() {
    var acceptor = server.getRemotingService().getAcceptor(ACCEPTOR);
    return acceptor == null ? -1 : acceptor.getActualPort();
  }

  /// Why it takes no connections; empty if it does. A journal that could not be written, on a full
  /// disk for example, stops the broker for good.
  public Optional<String> problem() {
    if (!server.isActive() || server.getState() != ActiveMQServer.SERVER_STATE.STARTED) {
      return Optional.of("the broker has stopped; see the log for the reason");
    }
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
    try {
      server.stop(false, true);
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not stop", e);
    }
  }

  private static Configuration configuration(BrokerSettings settings) {
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
    configuration.setGlobalMaxSize(24L << 20);
    configuration.setMaxDiskUsage(-1);
    configuration.setGracefulShutdownEnabled(false);
    configuration.addAddressSetting(
        "#",
        new AddressSettings()
            .setAutoCreateAddresses(true)
            .setAutoCreateQueues(true)
            .setAutoDeleteQueues(false)
            .setDefaultRingSize(RING_SIZE)
            .setDeadLetterAddress(NOWHERE)
            .setExpiryAddress(NOWHERE)
            .setMaxDeliveryAttempts(-1));
    configuration.addAcceptorConfiguration(acceptor(settings));
    return configuration;
  }

  private static TransportConfiguration acceptor(BrokerSettings settings) {
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
    parameters.put("trustStoreType", "PEMCA");
    parameters.put("trustStorePath", settings.rootCaPem().toString());
    Map<String, Object> protocol =
        Map.of(
            "maximumPacketSize",
            MAX_PACKET_BYTES,
            "defaultMqttSessionExpiryInterval",
            SESSION_EXPIRY_SECONDS);
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR, protocol);
  }
}
