package io.gympulse.contract.floorplan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How many of a machine's sensors have to see somebody for the machine to be occupied.
public enum Fusion {
  /// One is enough: for sensors that each see a part of the machine.
  ANY,
  /// Every one has to: for sensors that each see too much.
  ALL,
  /// More than half of them: for sensors that see the same and fail one by one.
  MAJORITY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  /// How many of so many sensors it takes.
  ///
  /// @param sensors at least 1
  public int quorum(int sensors) {
    return switch (this) {
      case ANY -> 1;
      case ALL -> sensors;
      case MAJORITY -> sensors / 2 + 1;
    };
  }

  public static Optional<Fusion> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
