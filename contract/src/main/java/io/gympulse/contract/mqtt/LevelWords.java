package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a sensor says when it sees somebody, and when it does not.
///
/// @param inactive may be empty for a sensor that only ever says that it sees somebody
/// @param otherNumbers what a number means that is in neither of them
public record LevelWords(Texts active, Texts inactive, OtherNumbers otherNumbers) {

  /// @throws IllegalArgumentException if the texts contradict each other or none means active
  public LevelWords {
    if (active.isEmpty() && otherNumbers != OtherNumbers.ACTIVE) {
      throw new IllegalArgumentException("nothing means active; give 'active'");
    }
    active.requireApartFrom(inactive, "active and inactive");
  }

  /// Whether the sensor can say that nobody is there.
  public boolean canBeInactive() {
    return !inactive.isEmpty() || otherNumbers == OtherNumbers.INACTIVE;
  }

  /// The same words with the opposite meaning.
  public LevelWords inverted() {
    return new LevelWords(inactive, active, otherNumbers.inverted());
  }

  /// What a text means; empty if it is none of these words.
  ///
  /// @param number whether the text stands for a number
  public Optional<Boolean> active(String said, boolean number) {
    if (active.include(said)) {
      return Optional.of(true);
    }
    if (inactive.include(said)) {
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
