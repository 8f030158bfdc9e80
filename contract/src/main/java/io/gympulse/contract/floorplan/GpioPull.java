package io.gympulse.contract.floorplan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The resistor inside a GPIO chip that gives a line a level while nothing drives it.
public enum GpioPull {
  UP,
  DOWN,
  /// None: the wiring has its own resistor, or drives the line both ways.
  OFF;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  public static Optional<GpioPull> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /// The pull that holds a line inactive while nothing drives it.
  public static GpioPull restingAt(boolean activeHigh) {
    return activeHigh ? DOWN : UP;
  }
}
