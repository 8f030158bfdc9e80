package io.gympulse.edge.configuration;

import static io.gympulse.edge.configuration.ConfigurationValues.port;
import static io.gympulse.edge.configuration.ConfigurationValues.readableFile;
import static io.gympulse.edge.configuration.ConfigurationValues.seconds;
import static io.gympulse.edge.configuration.ConfigurationValues.secret;
import static io.gympulse.edge.configuration.ConfigurationValues.text;

import io.gympulse.contract.json.JsonCursor;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Reads the address and credentials of the sensors' broker. The password is in a file of its own,
/// because configuration files get copied and shown.
final class LanBrokerReader {
  private static final int LONGEST_SESSION = 3_600;

  private LanBrokerReader() {}

  static LanBrokerConfig read(JsonCursor<ConfigurationException> key, Path folder)
      throws ConfigurationException {
    key.closedObject("host", "port", "username", "passwordFile", "caFile", "sessionSeconds");
    String host = text(key.field("host"), "a host name or address");
    int port = port(key.field("port"));
    Optional<LanBrokerConfig.Login> login = login(key, folder);
    Duration session =
        seconds(
            key.field("sessionSeconds"),
            (int) LanBrokerConfig.USUAL_SESSION.toSeconds(),
            0,
            LONGEST_SESSION);
    JsonCursor<ConfigurationException> ca = key.field("caFile");
    if (!ca.isPresent()) {
      return new LanBrokerConfig(host, port, login, Optional.empty(), session);
    }
    Path file = readableFile(ca, folder, "the root certificate of the sensors' broker, PEM");
    try {
      return new LanBrokerConfig(host, port, login, Optional.of(file), session);
    } catch (IllegalArgumentException e) {
      throw ca.invalid(e.getMessage() + "; give one, or remove it for a connection without TLS");
    }
  }

  private static Optional<LanBrokerConfig.Login> login(
      JsonCursor<ConfigurationException> key, Path folder) throws ConfigurationException {
    JsonCursor<ConfigurationException> username = key.field("username");
    JsonCursor<ConfigurationException> passwordFile = key.field("passwordFile");
    if (!username.isPresent() && !passwordFile.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new LanBrokerConfig.Login(
            text(username, "the gateway's name at the sensors' broker, or remove 'passwordFile'"),
            secret(passwordFile, folder, "the file with the password of that name")));
  }
}
