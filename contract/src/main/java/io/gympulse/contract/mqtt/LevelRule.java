package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which values of a sensor mean active, that it detects a person, and which inactive. Immutable.
public sealed interface LevelRule {

  /// Whether any value means inactive.
  boolean canBeInactive();

  /// Words mean active and inactive; a number may be one too.
  ///
  /// @param inactive may be empty for a sensor that reports only that it is active
  /// @param otherNumbers what a number means that is in neither list
  record Words(PayloadValues active, PayloadValues inactive, OtherNumbers otherNumbers)
      implements LevelRule {

    /// @throws IllegalArgumentException if a value means both, or no value means active
    public Words {
      if (active.isEmpty() && otherNumbers != OtherNumbers.ACTIVE) {
        throw new IllegalArgumentException("nothing means active; give 'active'");
      }
      active.requireApartFrom(inactive, "active and inactive");
    }

    @Override
    public boolean canBeInactive() {
      return !inactive.isEmpty() || otherNumbers == OtherNumbers.INACTIVE;
    }

    /// The same values with the opposite meaning.
    public Words inverted() {
      return new Words(inactive, active, otherNumbers.inverted());
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

  /// A number is compared with limits. Between the limits it changes nothing, so that a value that
  /// varies around one of them does not make the sensor active and inactive in turn.
  ///
  /// @param inactive empty if every number that is not active is inactive
  record Thresholds(Limit active, Optional<Limit> inactive) implements LevelRule {

    /// @throws IllegalArgumentException if some number would be active and inactive
    public Thresholds {
      inactive.ifPresent(it -> requireApart(active, it));
    }

    private static void requireApart(Limit active, Limit inactive) {
      if (active.side() == inactive.side()) {
        throw new IllegalArgumentException(
            "'active' and 'inactive' are both '%s' a limit; one must be 'above' and one 'below'"
                .formatted(active.side().wireName()));
      }
      Limit above = active.side() == Limit.Side.ABOVE ? active : inactive;
      Limit below = above.equals(active) ? inactive : active;
      if (below.value() > above.value()) {
        throw new IllegalArgumentException(
            "a number above %s and below %s would be both active and inactive"
                .formatted(above.value(), below.value()));
      }
    }

    @Override
    public boolean canBeInactive() {
      return true;
    }

    /// Whether a number means active; empty if it is between the limits.
    public Optional<Boolean> active(double number) {
      if (active.isPassedBy(number)) {
        return Optional.of(true);
      }
      return inactive.isEmpty() || inactive.get().isPassedBy(number)
          ? Optional.of(false)
          : Optional.empty();
    }

    /// @param value in the sensor's own unit; a number that equals it has not passed it
    public record Limit(Side side, double value) {

      /// @throws IllegalArgumentException if the value is not finite
      public Limit {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("a limit must be a finite number");
        }
      }

      boolean isPassedBy(double number) {
        return side == Side.ABOVE ? number > value : number < value;
      }

      /// The side of a limit on which a number has passed it.
      public enum Side {
        ABOVE,
        BELOW;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /// The name used in floor-plan files.
        public String wireName() {
          return wireName;
        }
      }
    }
  }

  /// The number is a counter that rises while somebody is there.
  ///
  /// @param perMinute the rate from which on the sensor is active
  record CounterRate(double perMinute) implements LevelRule {

    /// @throws IllegalArgumentException if the rate is not finite or not more than 0
    public CounterRate {
      if (!Double.isFinite(perMinute) || perMinute <= 0) {
        throw new IllegalArgumentException("'perMinute' must be more than 0");
      }
    }

    @Override
    public boolean canBeInactive() {
      return true;
    }
  }
}
