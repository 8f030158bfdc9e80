package io.gympulse.local.provision;

/// A network address.
public record HostPort(String host, int port) {

  public HostPort {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "'" + host + ":" + port + "': a host, a colon and a port from 1 to 65535 are needed");
    }
  }

  /// Whether it is a loopback name or address.
  boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /// Parses `HOST:PORT`.
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is not of the form HOST:PORT");
    }
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
