package io.gympulse.cloud.core.metric;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One measurement. Device, metric and time name it.
///
/// @param at in whole milliseconds
/// @param value finite
/// @param unit as the device gave it, 1 to 32 characters
/// @param metadata a JSON object as text, at most 1,024 characters; `{}` if there is none
public record MetricPoint(
    DeviceId device,
    MetricName metric,
    Instant at,
    double value,
    Optional<String> unit,
    String metadata) {
  public static final String NO_METADATA = "{}";
  private static final int MAX_UNIT_CHARS = 32;
  private static final int MAX_METADATA_CHARS = 1_024;

  public MetricPoint {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value: a finite number is needed");
    }
    unit.ifPresent(MetricPoint::requireUnit);
    requireMetadata(metadata);
  }

  /// Checks a unit.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static String requireUnit(String unit) {
    if (unit.isBlank()
        || unit.length() > MAX_UNIT_CHARS
        || unit.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "1 to %d printable characters are needed".formatted(MAX_UNIT_CHARS));
    }
    return unit;
  }

  /// Checks the length of metadata.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static String requireMetadata(String metadata) {
    if (metadata.length() > MAX_METADATA_CHARS) {
      throw new IllegalArgumentException(
          "at most %d characters as JSON, not %d".formatted(MAX_METADATA_CHARS, metadata.length()));
    }
    return metadata;
  }
}
