package io.gympulse.sim.lan;

/// The address of an MQTT broker on the gym's network.
///
/// @param port 0 to 65535; 0 lets a listener choose a free one
public record LanAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public LanAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is blank");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port %d is not in 0 to 65535".formatted(port));
    }
  }

  /// Reads `HOST:PORT`; an IPv6 host may stand in brackets.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static LanAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'%s' is not of the form HOST:PORT".formatted(text));
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return new LanAddress(
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the port of '%s' is not a number".formatted(text), e);
    }
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
