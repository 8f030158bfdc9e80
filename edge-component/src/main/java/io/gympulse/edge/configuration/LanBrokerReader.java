package io.gympulse.edge.configuration;

import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import java.nio.file.Path;
import java.util.Optional;

/// Reads the address and credentials of the sensors' broker. The password is in a file of its own,
/// because configuration files get copied and shown.
final class LanBrokerReader {
  private LanBrokerReader() {}

  static LanBrokerConfig read(Setting setting, Path folder) throws ConfigurationException {
    setting.allow("host", "port", "username", "passwordFile", "caFile");
    String host = setting.child("host").text("a host name or address");
    int port = setting.child("port").port();
    Optional<LanBrokerConfig.Login> login = login(setting, folder);
    Setting ca = setting.child("caFile");
    if (!ca.isPresent()) {
      return new LanBrokerConfig(host, port, login, Optional.empty());
    }
    Path file = ca.readableFile(folder, "the root certificate of the sensors' broker, PEM");
    try {
      return new LanBrokerConfig(host, port, login, Optional.of(file));
    } catch (IllegalArgumentException e) {
      throw ca.refused(e.getMessage() + "; give one, or remove it for a connection without TLS");
    }
  }

  private static Optional<LanBrokerConfig.Login> login(Setting setting, Path folder)
      throws ConfigurationException {
    Setting username = setting.child("username");
    Setting passwordFile = setting.child("passwordFile");
    if (!username.isPresent() && !passwordFile.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new LanBrokerConfig.Login(
            username.text("the gateway's name at the sensors' broker, or remove 'passwordFile'"),
            passwordFile.secret(folder, "the file with the password of that name")));
  }
}
