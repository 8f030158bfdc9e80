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
/// automation server. Retained messages and sessions are kept in memory only. The queue of a
/// disconnected client holds 4 MB; newer messages are dropped. Safe for any number of threads.
public final class EmbeddedBroker implements AutoCloseable {
  private static final long QUEUE_BYTES = 4L << 20;
  private static final String MQTT = "mqtt";

  private final EmbeddedActiveMQ server;
  private final LanAddress address;

  /// The address cannot be listened on: another process has the port, or the host is not this
  /// machine's.
  public static final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    private PortInUseException(LanAddress address, Throwable cause) {
      super("cannot listen on %s: %s".formatted(address, cause.getMessage()), cause);
    }
  }

  private EmbeddedBroker(EmbeddedActiveMQ server, LanAddress address) {
    this.server = server;
    this.address = address;
  }

  /// Starts a broker; it accepts connections when this returns.
  ///
  /// @param address port 0 chooses a free one
  /// @throws PortInUseException if nothing can listen there
  /// @throws IOException if the broker does not start
  public static EmbeddedBroker start(LanAddress address) throws IOException {
    LanAddress free = probe(address);
    EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(free));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the broker on %s does not start: %s".formatted(free, e), e);
    }
    return new EmbeddedBroker(server, free);
  }

  /// The address it listens on; the port is never 0.
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

  /// Tries to listen first, as the embedded server only logs it if it cannot.
  private static LanAddress probe(LanAddress address) throws PortInUseException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address.host(), address.port()));
      return new LanAddress(address.host(), socket.getLocalPort());
    } catch (IOException e) {
      throw new PortInUseException(address, e);
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
        // By default the server looks for a native library.
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
