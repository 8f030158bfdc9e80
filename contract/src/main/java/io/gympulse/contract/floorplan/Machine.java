package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A machine on the floor.
///
/// @param x metres from the floor's left edge, at most 10,000 either way
/// @param y metres from the floor's upper edge, at most 10,000 either way
/// @param sensors empty if the machine reports by itself
/// @param fusion how the states of several sensors are combined
public record Machine(
    MachineId id,
    CategoryId category,
    String name,
    double x,
    double y,
    List<Sensor> sensors,
    Fusion fusion) {
  /// How many of a machine's sensors have to be active for the machine to be occupied.
  public enum Fusion {
    /// One: for sensors that each detect a part of the machine's use.
    ANY,
    /// Every one: for sensors that are each active too often.
    ALL,
    /// More than half: for redundant sensors, which fail one by one.
    MAJORITY;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    /// The number of active sensors that makes the machine occupied.
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

  private static final double MAX_METRES = 10_000;

  public Machine {
    sensors = List.copyOf(sensors);
    if (name.isBlank()) {
      throw new IllegalArgumentException("the machine's name is blank");
    }
    if (!(Math.abs(x) <= MAX_METRES && Math.abs(y) <= MAX_METRES)) {
      throw new IllegalArgumentException(
          "the machine's position %s, %s is more than 10 km away; give metres".formatted(x, y));
    }
  }

  /// A machine with fusion [Fusion#ANY].
  public Machine(
      MachineId id, CategoryId category, String name, double x, double y, List<Sensor> sensors) {
    this(id, category, name, x, y, sensors, Fusion.ANY);
  }
}
