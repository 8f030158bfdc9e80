package io.gympulse.cloud.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options of the broker that updates come from.
final class BrokerOptions {
  @Option(
      names = "--broker",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The MQTT broker with the topics of updates.")
  private String broker = "";

  @Option(
      names = "--credentials",
      required = true,
      paramLabel = "FOLDER",
      description =
          "certificate.pem and private.key of this process's own thing, and root-ca.pem, as"
              + " 'provision --api' writes them.")
  private Path credentials = Path.of("");

  @Option(
      names = "--client-id",
      paramLabel = "NAME",
      description = "The thing's name (default: the common name of the certificate).")
  private String clientId = "";

  /// @throws IllegalArgumentException naming the option that is wrong
  BrokerSettings settings() {
    return BrokerSettings.of(broker, credentials, clientId);
  }
}
