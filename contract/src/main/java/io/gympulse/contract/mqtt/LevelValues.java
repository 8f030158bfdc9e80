package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which values of a payload mean active (the sensor detects a person) and which inactive.
///
/// @param inactive may be empty for a sensor that reports only that it is active
/// @param otherNumbers what a number means that is in neither list
public record LevelValues(PayloadValues active, PayloadValues inactive, OtherNumbers otherNumbers) {

  /// @throws IllegalArgumentException if a value means both, or no value means active
  public LevelValues {
    if (active.isEmpty() && otherNumbers != OtherNumbers.ACTIVE) {
      throw new IllegalArgumentException("nothing means active; give 'active'");
    }
    active.requireApartFrom(inactive, "active and inactive");
  }

  /// Whether any value means inactive.
  public boolean canBeInactive() {
    return !inactive.isEmpty() || otherNumbers == OtherNumbers.INACTIVE;
  }

  /// The same values with the opposite meaning.
  public LevelValues inverted() {
    return new LevelValues(inactive, active, otherNumbers.inverted());
  }

  /// Whether a value means active; empty if it has no meaning here.
  ///
  /// @param number whether the value is a number
  public Optional<Boolean> active(String value, boolean number) {
    if (active.contains(value)) {
      return Optional.of(true);
    }
    if (inactive.contains(value)) {
      return Optional.of(false);
    }
    return number ? otherNumbers.active() : Optional.empty();
  }

  /// What a number means that is in neither list.
  public enum OtherNumbers {
    MALFORMED,
    ACTIVE,
    INACTIVE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    Optional<Boolean> active() {
      return this == MALFORMED ? Optional.empty() : Optional.of(this == ACTIVE);
    }

    OtherNumbers inverted() {
      return switch (this) {
        case MALFORMED -> MALFORMED;
        case ACTIVE -> INACTIVE;
        case INACTIVE -> ACTIVE;
      };
    }

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public static Optional<OtherNumbers> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
