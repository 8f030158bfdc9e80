package io.gympulse.edge.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the gateway believes of the machine's wall clock.
public enum ClockTrust {
  /// It is right while the kernel counts it as synchronised; until then events wait.
  KERNEL,
  /// It is always right: it is the cloud's own, or something keeps it so without the kernel
  /// knowing.
  TRUSTED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in configuration files.
  public String wireName() {
    return wireName;
  }

  public static Optional<ClockTrust> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
