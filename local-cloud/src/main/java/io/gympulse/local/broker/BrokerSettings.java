package io.gympulse.local.broker;

import io.gympulse.contract.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// The broker's address, files and certificates, and its Artemis configuration.
///
/// @param port 0 for any free one
/// @param directory of the journal with sessions and queued messages
/// @param serverPem the server's private key and certificate, PEM, in one file
/// @param rootCaPem the certificate of the authority that signs client certificates, PEM
/// @param contacts the file with each thing's last contact
/// @param clockRate how much faster than real time the devices' clocks run; rate limits scale with
///     it
public record BrokerSettings(
    String host,
    int port,
    Path directory,
    Path serverPem,
    Path rootCaPem,
    Path contacts,
    double clockRate) {

  /// The name of the broker's only acceptor.
  static final String ACCEPTOR = "mqtt";

  /// AWS IoT Core's largest packet: payload, topic and properties.
  private static final int MAX_PACKET_BYTES = 149_504;

  /// AWS IoT Core keeps a persistent session of an MQTT 3.1.1 client for an hour.
  private static final int SESSION_EXPIRY_SECONDS = 3600;

  /// AWS IoT Core's longest keep-alive.
  private static final int MAX_KEEP_ALIVE_SECONDS = 1_200;

  private static final long RING_SIZE = 1_000;

  /// The limit of messages in memory for all clients. Beyond it messages of any client are dropped,
  /// so [BrokerMaintenance] limits each client to much less.
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  /// The error topic is shared by all observers, a gym's updates by all API processes: each client
  /// keeps its newest messages, and none can fill the topic for the others.
  private static final long SHARED_RING_SIZE = 500;

  private static final long SHARED_MAX_BYTES = 16L << 20;

  /// An address without subscriptions is deleted after two scans.
  private static final long ADDRESS_SCAN_MILLIS = 5_000;

  /// An address without a queue: its messages are discarded, as AWS IoT does.
  private static final SimpleString DISCARD = SimpleString.of("gympulse.nowhere");

  Configuration artemis(BrokerLimits limits) {
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
    // The caches' key is the user name, which several clients may share.
    configuration.setAuthenticationCacheSize(0);
    configuration.setAuthorizationCacheSize(0);
    configuration.setSecurityEnabled(true);
    configuration.setPopulateValidatedUser(false);
    configuration.setJMXManagementEnabled(false);
    configuration.setThreadPoolMaxSize(8);
    configuration.setScheduledThreadPoolMaxSize(2);
    configuration.setGlobalMaxSize(MAX_QUEUED_BYTES);
    configuration.setMaxDiskUsage(-1);
    configuration.setGracefulShutdownEnabled(false);
    configuration.setAddressQueueScanPeriod(ADDRESS_SCAN_MILLIS);
    configuration.addAddressSetting("#", address(RING_SIZE, limits.queuedBytesPerTopic()));
    for (String shared : List.of(Topics.ERRORS, Topics.ALL_UPDATES)) {
      configuration.addAddressSetting(
          MQTTUtil.getCoreAddressFromMqttTopic(shared, configuration.getWildcardConfiguration()),
          address(SHARED_RING_SIZE, SHARED_MAX_BYTES));
    }
    // The sessions, of which there are as many as things.
    configuration.addAddressSetting(MQTTUtil.MQTT_SESSION_STORE, address(-1, -1));
    configuration.addAcceptorConfiguration(acceptor(limits));
    return configuration;
  }

  private static AddressSettings address(long ringSize, long maxBytes) {
    return new AddressSettings()
        .setAutoCreateAddresses(true)
        .setAutoCreateQueues(true)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(true)
        .setDefaultRingSize(ringSize)
        .setMaxSizeBytes(maxBytes)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
        .setDeadLetterAddress(DISCARD)
        .setExpiryAddress(DISCARD)
        .setMaxDeliveryAttempts(-1);
  }

  private TransportConfiguration acceptor(BrokerLimits limits) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("host", host);
    parameters.put("port", port);
    parameters.put("protocols", "MQTT");
    parameters.put("remotingThreads", 2);
    parameters.put("useEpoll", false);
    parameters.put("sslEnabled", true);
    parameters.put("needClientAuth", true);
    parameters.put("enabledProtocols", "TLSv1.2,TLSv1.3");
    parameters.put("keyStoreType", "PEM");
    parameters.put("keyStorePath", serverPem.toString());
    // GuardedAcceptorFactory has a deadline of its own, until the CONNECT is accepted.
    parameters.put("handshake-timeout", 0);
    parameters.put("trustStoreType", "PEMCA");
    parameters.put("trustStorePath", rootCaPem.toString());
    Map<String, Object> protocol =
        Map.of(
            "maximumPacketSize",
            MAX_PACKET_BYTES,
            "defaultMqttSessionExpiryInterval",
            SESSION_EXPIRY_SECONDS,
            "serverKeepAlive",
            MAX_KEEP_ALIVE_SECONDS,
            "topicAliasMaximum",
            PublishGuard.MAX_TOPIC_ALIASES,
            "defaultMaximumInFlightPublishMessages",
            limits.maxInFlight());
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR, protocol);
  }
}
