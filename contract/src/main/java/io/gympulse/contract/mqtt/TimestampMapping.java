package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.Optional;

/// Where a payload tells when the sensor took the reading, by the sensor's own clock.
public record TimestampMapping(PayloadPointer pointer, Unit unit) {

  /// @throws IllegalArgumentException if the whole payload would be the time
  public TimestampMapping {
    if (pointer.text().isEmpty()) {
      throw new IllegalArgumentException("the whole payload is no time; point to a field of it");
    }
  }

  /// How a time is written.
  public enum Unit {
    /// A text with an offset: `2026-03-01T18:00:00+01:00` or `2026-03-01T17:00:00Z`.
    ISO_8601("iso-8601"),
    /// A number since 1970, fractions allowed.
    SECONDS("seconds"),
    /// A number since 1970.
    MILLISECONDS("milliseconds");

    private final String wireName;

    Unit(String wireName) {
      this.wireName = wireName;
    }

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public static Optional<Unit> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
