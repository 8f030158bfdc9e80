package io.gympulse.edge.uplink;

import java.util.Arrays;
import java.util.Optional;

/// Which topics a gateway publishes on. The cloud takes both alike.
public enum UplinkTopics {
  /// The broker's own: others may subscribe to them, and AWS meters each message.
  PLAIN("plain"),
  /// Those of Basic Ingest, which lead to one topic rule each and past the broker's subscribers:
  /// AWS does not meter these messages.
  BASIC_INGEST("basic-ingest");

  private final String wireName;

  UplinkTopics(String wireName) {
    this.wireName = wireName;
  }

  /// The name used in configuration files.
  public String wireName() {
    return wireName;
  }

  public static Optional<UplinkTopics> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
