package io.gympulse.edge.sensing.mqtt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/// Address and credentials of the gym's own MQTT broker.
///
/// @param caFile root certificate (PEM) to which the broker's certificate must chain; without it
///     the connection is plain TCP
/// @param session how long the broker keeps the session, and with it the messages sent meanwhile,
///     after the end of a connection, in whole seconds; zero for not at all
public record LanBrokerConfig(
    String host, int port, Optional<Login> login, Optional<Path> caFile, Duration session) {
  /// Longer than a restart of the gateway's machine.
  public static final Duration USUAL_SESSION = Duration.ofMinutes(5);
  /// Why there is no connection if the broker does not accept the login.
  static final String LOGIN_REFUSED =
      "the broker refuses the login; check 'lan.username' and 'lan.passwordFile'";

  public LanBrokerConfig {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("'%s:%d' is not a valid address".formatted(host, port));
    }
    caFile.ifPresent(LanBrokerConfig::requireUsable);
    if (session.isNegative()) {
      throw new IllegalArgumentException("session of %s is negative".formatted(session));
    }
  }

  /// A broker without login and TLS.
  public static LanBrokerConfig open(String host, int port) {
    return new LanBrokerConfig(host, port, Optional.empty(), Optional.empty(), USUAL_SESSION);
  }

  private static void requireUsable(Path caFile) {
    try {
      tlsContext(caFile).close();
    } catch (CrtRuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not a root certificate in PEM (%s)".formatted(caFile, e.getMessage()), e);
    }
  }

  boolean keepsSession() {
    return session.toSeconds() > 0;
  }

  /// A new context for a connection by TLS; empty for one by plain TCP.
  Optional<TlsContext> tlsContext() {
    return caFile.map(LanBrokerConfig::tlsContext);
  }

  private static TlsContext tlsContext(Path caFile) {
    try (TlsContextOptions trust = TlsContextOptions.createDefaultClient()) {
      trust.withCertificateAuthorityFromPath(null, caFile.toString());
      return new TlsContext(trust);
    }
  }

  /// The gateway's credentials at the broker. [#toString] leaves out the password.
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
