package io.gympulse.contract.id;

/// The id of a sensor: 1 to 64 characters of `a-z`, `0-9` and `-`, not beginning with `-`.
/// Any other value is refused with an [IllegalArgumentException].
public record SensorId(String value) implements Comparable<SensorId> {
  public SensorId {
    IdFormat.require("sensor id", value);
  }

  @Override
  public int compareTo(SensorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
