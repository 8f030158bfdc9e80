package io.gympulse.cloud.core.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/// One measurement, identified by device, metric and time.
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

  /// @throws IllegalArgumentException with the reason, if the unit is not valid
  public static String requireUnit(String unit) {
    if (unit.isBlank()
        || unit.length() > MAX_UNIT_CHARS
        || unit.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "1 to %d printable characters are needed".formatted(MAX_UNIT_CHARS));
    }
    return unit;
  }

  /// @throws IllegalArgumentException with the reason, if the metadata is too long
  public static String requireMetadata(String metadata) {
    if (metadata.length() > MAX_METADATA_CHARS) {
      throw new IllegalArgumentException(
          "at most %d characters as JSON, not %d".formatted(MAX_METADATA_CHARS, metadata.length()));
    }
    return metadata;
  }

  /// A device that reports metrics, gateways among them: 1 to 128 letters, digits and `. _ : -`,
  /// beginning with a letter or digit.
  public record DeviceId(String value) implements Comparable<DeviceId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    public DeviceId {
      if (!FORM.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "1 to 128 letters, digits and '. _ : -' are needed, beginning with a letter or digit");
      }
    }

    @Override
    public int compareTo(DeviceId other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// What is measured, for example `outbox_depth`: 1 to 64 letters, digits and `. _ : / -`,
  /// beginning with a letter.
  public record MetricName(String value) implements Comparable<MetricName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._:/-]{0,63}");

    public MetricName {
      if (!FORM.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "1 to 64 letters, digits and '. _ : / -' are needed, beginning with a letter");
      }
    }

    @Override
    public int compareTo(MetricName other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
