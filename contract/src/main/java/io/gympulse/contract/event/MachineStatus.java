package io.gympulse.contract.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is known of a machine. Unknown is a value of its own, never a guess at one of the others.
public enum MachineStatus {
  FREE,
  OCCUPIED,
  UNKNOWN;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages, files and the API.
  public String wireName() {
    return wireName;
  }

  public static Optional<MachineStatus> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
