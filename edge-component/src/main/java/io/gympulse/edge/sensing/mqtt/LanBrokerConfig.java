package io.gympulse.edge.sensing.mqtt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/// Where the gym's own MQTT broker listens, and what it asks for.
///
/// @param caFile the root certificate the broker's own must come from, PEM; without it the
///     connection is plain TCP
public record LanBrokerConfig(String host, int port, Optional<Login> login, Optional<Path> caFile) {
  public LanBrokerConfig {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("'%s:%d' is no address".formatted(host, port));
    }
    caFile.ifPresent(LanBrokerConfig::requireUsable);
  }

  /// A broker that lets everybody in.
  public static LanBrokerConfig open(String host, int port) {
    return new LanBrokerConfig(host, port, Optional.empty(), Optional.empty());
  }

  private static void requireUsable(Path caFile) {
    try (TlsContextOptions trust = TlsContextOptions.createDefaultClient()) {
      trust.withCertificateAuthorityFromPath(null, caFile.toString());
      new TlsContext(trust).close();
    } catch (CrtRuntimeException e) {
      throw new IllegalArgumentException(
          "%s is no root certificate in PEM (%s)".formatted(caFile, e.getMessage()), e);
    }
  }

  /// How the gateway makes itself known to the broker. Its text does not tell the password.
  public record Login(String username, String password) {

    byte[] passwordBytes() {
      return password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return username;
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
