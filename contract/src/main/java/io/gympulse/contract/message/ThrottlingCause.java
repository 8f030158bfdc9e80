package io.gympulse.contract.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a Raspberry Pi's firmware limits the processor, or is about to.
public enum ThrottlingCause {
  /// The supply voltage is below 4.63 V.
  UNDER_VOLTAGE,
  FREQUENCY_CAPPED,
  THROTTLED,
  SOFT_TEMPERATURE_LIMIT;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages.
  public String wireName() {
    return wireName;
  }

  public static Optional<ThrottlingCause> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
