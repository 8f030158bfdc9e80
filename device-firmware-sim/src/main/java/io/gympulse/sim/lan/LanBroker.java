package io.gympulse.sim.lan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// The gym's own MQTT broker, embedded: MQTT 3.1.1 and 5 without TLS or passwords, as on a home
/// automation box. Retained messages and sessions live in memory and end with it. A queue of a
/// client that went away keeps 4 MB and then drops what is newer. Safe for any number of threads.
public final class LanBroker implements AutoCloseable {
  private static final long QUEUE_BYTES = 4L << 20;
  private static final String MQTT = "mqtt";

  private final EmbeddedActiveMQ server;
  private final LanAddress address;

  private LanBroker(EmbeddedActiveMQ server, LanAddress address) {
    this.server = server;
    this.address = address;
  }

  /// Serves when it returns.
  ///
  /// @param address port 0 chooses a free one
  /// @throws PortTakenException if nothing can listen there
  /// @throws IOException if the broker does not start
  public static LanBroker start(LanAddress address) throws IOException {
    LanAddress free = probe(address);
    EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(free));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the broker on %s does not start: %s".formatted(free, e), e);
    }
    return new LanBroker(server, free);
  }

  /// Where it really listens: the port is never 0.
  public LanAddress address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the broker on %s does not stop: %s".formatted(address, e), e);
    }
  }

  /// The embedded server only logs a failure to listen, so it is found out before.
  private static LanAddress probe(LanAddress address) throws PortTakenException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address.host(), address.port()));
      return new LanAddress(address.host(), socket.getLocalPort());
    } catch (IOException e) {
      throw new PortTakenException(address, e);
    }
  }

  private static Configuration configuration(LanAddress address) {
    Map<String, Object> acceptor =
        Map.of(
            TransportConstants.HOST_PROP_NAME, address.host(),
            TransportConstants.PORT_PROP_NAME, address.port(),
            TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    AddressSettings bounded =
        new AddressSettings()
            .setMaxSizeBytes(QUEUE_BYTES)
            .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP);
    return new ConfigurationImpl()
        .setName("gym-lan-" + address.port())
        .setPersistenceEnabled(false)
        // Without this the server looks for a native library first.
        .setJournalType(JournalType.NIO)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setThreadPoolMaxSize(4)
        .setScheduledThreadPoolMaxSize(2)
        .addAddressSetting("#", bounded)
        .addAcceptorConfiguration(
            new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor, MQTT));
  }
}
