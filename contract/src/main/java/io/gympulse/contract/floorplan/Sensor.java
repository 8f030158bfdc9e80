package io.gympulse.contract.floorplan;

import io.gympulse.contract.id.SensorId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A sensor on a machine.
public record Sensor(SensorId id, Behaviour behaviour, SourceConfig source, SensorTiming timing) {
  /// How a sensor behaves while a machine is in use: it holds its level, or it pulses now and then.
  public enum Behaviour {
    LEVEL,
    PULSE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public static Optional<Behaviour> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }

  public Sensor {
    if (behaviour == Behaviour.LEVEL
        && source instanceof SourceConfig.Mqtt mqtt
        && !mqtt.mapping().level().values().canBeInactive()) {
      throw new IllegalArgumentException(
          "a level sensor must be able to report inactive; give 'inactive'");
    }
    if (behaviour == Behaviour.PULSE && timing.vacancyTimeout().isZero()) {
      throw new IllegalArgumentException("a pulse sensor needs a vacancy timeout of more than 0");
    }
    if (behaviour == Behaviour.PULSE && !timing.hold().isZero()) {
      throw new IllegalArgumentException(
          "hold is for level sensors; a pulse sensor has its vacancy timeout");
    }
  }
}
