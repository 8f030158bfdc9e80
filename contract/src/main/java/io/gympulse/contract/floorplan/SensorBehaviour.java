package io.gympulse.contract.floorplan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a sensor does while a machine is in use: it holds its level, or it pulses now and then.
public enum SensorBehaviour {
  LEVEL,
  PULSE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  public static Optional<SensorBehaviour> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
