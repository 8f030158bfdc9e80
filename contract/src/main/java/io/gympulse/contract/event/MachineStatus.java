package io.gympulse.contract.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A machine's occupancy. Unknown is a value of its own, never an estimate of one of the others.
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
