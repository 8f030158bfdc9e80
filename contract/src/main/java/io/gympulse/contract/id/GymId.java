package io.gympulse.contract.id;

/// The id of a gym: 1 to 64 characters of `a-z`, `0-9` and `-`, not beginning with `-`.
/// Any other value is refused with an [IllegalArgumentException].
public record GymId(String value) implements Comparable<GymId> {
  public GymId {
    IdFormat.require("gym id", value);
  }

  @Override
  public int compareTo(GymId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
