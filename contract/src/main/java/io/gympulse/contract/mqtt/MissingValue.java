package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a sound JSON object is that does not have the value, or has null there.
public enum MissingValue {
  /// A message about something else, such as the state of a battery.
  IGNORED,
  MALFORMED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  public static Optional<MissingValue> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
