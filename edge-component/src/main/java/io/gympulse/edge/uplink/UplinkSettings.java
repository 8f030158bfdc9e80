package io.gympulse.edge.uplink;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The address of the cloud's broker and the gateway's credentials, as PEM files.
///
/// @param rootCa the root that the broker's certificate must lead to
public record UplinkSettings(
    String host, int port, Path certificate, Path privateKey, Path rootCa, TopicMode topics) {

  /// Which topics a gateway publishes on. The cloud treats both alike.
  public enum TopicMode {
    /// Plain topics: others may subscribe to them, and AWS meters each message.
    PLAIN("plain"),
    /// Basic Ingest topics, which lead to one topic rule each and bypass subscribers: AWS does not
    /// meter these messages.
    BASIC_INGEST("basic-ingest");

    private final String wireName;

    TopicMode(String wireName) {
      this.wireName = wireName;
    }

    /// The name used in configuration files.
    public String wireName() {
      return wireName;
    }

    public static Optional<TopicMode> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
