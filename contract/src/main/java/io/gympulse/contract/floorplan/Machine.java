package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.List;

/// A machine on the floor.
///
/// @param x metres from the floor's left edge, at most 10,000 either way
/// @param y metres from the floor's upper edge, at most 10,000 either way
/// @param sensors none if the machine reports by itself
/// @param fusion what several sensors together mean
public record Machine(
    MachineId id,
    CategoryId category,
    String name,
    double x,
    double y,
    List<Sensor> sensors,
    Fusion fusion) {
  private static final double MOST_METRES = 10_000;

  public Machine {
    sensors = List.copyOf(sensors);
    if (name.isBlank()) {
      throw new IllegalArgumentException("the machine's name is blank");
    }
    if (!(Math.abs(x) <= MOST_METRES && Math.abs(y) <= MOST_METRES)) {
      throw new IllegalArgumentException(
          "the machine's place %s, %s is more than 10 km away; give metres".formatted(x, y));
    }
  }

  /// A machine that any of its sensors can make occupied.
  public Machine(
      MachineId id, CategoryId category, String name, double x, double y, List<Sensor> sensors) {
    this(id, category, name, x, y, sensors, Fusion.ANY);
  }
}
