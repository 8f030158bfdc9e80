package io.gympulse.edge.configuration;

import static io.gympulse.edge.configuration.ConfigurationValues.port;
import static io.gympulse.edge.configuration.ConfigurationValues.readableFile;
import static io.gympulse.edge.configuration.ConfigurationValues.seconds;
import static io.gympulse.edge.configuration.ConfigurationValues.text;

import io.gympulse.contract.json.JsonCursor;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Reads how the gateway reaches the cloud. Inside a Greengrass component the whole key may be
/// missing: the nucleus has the address and the credentials.
final class UplinkReader {
  private static final double BYTES_PER_KILOBYTE = 1_024;

  /// Half of what the nucleus forwards of all its components.
  private static final double MESSAGES_PER_SECOND = 50;

  private static final double KILOBYTES_PER_SECOND = 256;

  private enum Via {
    GREENGRASS,
    DIRECT;

    static Optional<Via> ofWireName(String wireName) {
      return Arrays.stream(values())
          .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(wireName))
          .findFirst();
    }
  }

  private UplinkReader() {}

  /// @param nucleus empty outside of a component
  static UplinkSettings read(
      JsonCursor<ConfigurationException> key, Path folder, Optional<Nucleus> nucleus)
      throws ConfigurationException {
    Via standard = nucleus.isPresent() ? Via.GREENGRASS : Via.DIRECT;
    Via via =
        key.optional("via", it -> it.named(Via::ofWireName, "greengrass, direct")).orElse(standard);
    return switch (via) {
      case DIRECT -> direct(key, folder);
      case GREENGRASS -> {
        if (nucleus.isEmpty()) {
          throw key.field("via")
              .invalid(
                  "found 'greengrass', but no Greengrass nucleus has started this process; give"
                      + " 'direct', or deploy the gateway as a component");
        }
        yield greengrass(key, nucleus.get());
      }
    };
  }

  private static Direct direct(JsonCursor<ConfigurationException> key, Path folder)
      throws ConfigurationException {
    key.closedObject("via", "host", "port", "certificate", "privateKey", "rootCa", "topics");
    return new Direct(
        text(key.field("host"), "a host name or address"),
        port(key.field("port")),
        readableFile(key.field("certificate"), folder, "the gateway's certificate, PEM"),
        readableFile(key.field("privateKey"), folder, "the gateway's private key, PEM"),
        readableFile(key.field("rootCa"), folder, "the root certificate of the cloud, PEM"),
        topics(key));
  }

  /// The keys of a direct connection may stay, and are not read.
  private static Greengrass greengrass(JsonCursor<ConfigurationException> key, Nucleus nucleus)
      throws ConfigurationException {
    if (key.isPresent()) {
      key.closedObject(
          "via",
          "topics",
          "messagesPerSecond",
          "kilobytesPerSecond",
          "nucleusLostSeconds",
          "host",
          "port",
          "certificate",
          "privateKey",
          "rootCa");
    }
    return new Greengrass(
        nucleus,
        topics(key),
        new Budget(
            rate(key.field("messagesPerSecond"), MESSAGES_PER_SECOND, 100),
            rate(key.field("kilobytesPerSecond"), KILOBYTES_PER_SECOND, 512) * BYTES_PER_KILOBYTE),
        seconds(key.field("nucleusLostSeconds"), 300, 10, 86_400));
  }

  private static TopicMode topics(JsonCursor<ConfigurationException> key)
      throws ConfigurationException {
    return key.optional("topics", it -> it.named(TopicMode::ofWireName, "plain, basic-ingest"))
        .orElse(TopicMode.PLAIN);
  }

  private static double rate(JsonCursor<ConfigurationException> key, double standard, double most)
      throws ConfigurationException {
    double rate = key.isPresent() ? key.number() : standard;
    if (rate < 1 || rate > most) {
      throw key.expected(
          "a number from 1 to %.0f (%.0f without this key)".formatted(most, standard));
    }
    return rate;
  }
}
