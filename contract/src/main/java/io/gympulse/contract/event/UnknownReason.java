package io.gympulse.contract.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a machine's status is not known.
public enum UnknownReason {
  GATEWAY_OFF,
  SENSOR_DEAD,
  SENSOR_STUCK,
  SENSOR_CHATTERING,
  SOURCE_DOWN,
  NO_READING;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages, files and the API.
  public String wireName() {
    return wireName;
  }

  public static Optional<UnknownReason> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
