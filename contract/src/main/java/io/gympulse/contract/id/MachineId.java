package io.gympulse.contract.id;

/// The id of a machine: 1 to 64 characters of `a-z`, `0-9` and `-`, not beginning with `-`.
/// Any other value is refused with an [IllegalArgumentException].
public record MachineId(String value) implements Comparable<MachineId> {
  public MachineId {
    IdFormat.require("machine id", value);
  }

  @Override
  public int compareTo(MachineId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
