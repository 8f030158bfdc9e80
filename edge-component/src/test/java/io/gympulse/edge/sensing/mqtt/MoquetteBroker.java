package io.gympulse.edge.sensing.mqtt;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;

/// A real broker that speaks MQTT 3.1.1 only and keeps everything in memory.
public final class MoquetteBroker implements AutoCloseable {
  private final Server server = new Server();

  public MoquetteBroker(int port) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(port));
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    server.startServer(new MemoryConfig(properties));
  }

  @Override
  public void close() {
    server.stopServer();
  }
}
