package io.gympulse.contract.mqtt;

/// Where a payload says whether somebody is there, and in which words.
public record LevelMapping(Place place, MissingValue missing, LevelWords words) {

  /// @throws IllegalArgumentException if a value could be missing from plain text
  public LevelMapping {
    if (place instanceof Place.WholeText && missing == MissingValue.IGNORED) {
      throw new IllegalArgumentException(
          "a value can be missing from JSON only; remove 'missing' or give 'pointer'");
    }
  }
}
