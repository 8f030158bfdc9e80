package io.gympulse.edge.sensing.mqtt;

/// Where the gym's own MQTT broker listens.
public record LanBroker(String host, int port) {
  public LanBroker {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("'%s:%d' is no address".formatted(host, port));
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
