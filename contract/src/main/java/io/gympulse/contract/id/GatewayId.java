package io.gympulse.contract.id;

/// The id of a gateway: 1 to 64 characters of `a-z`, `0-9` and `-`, not beginning with `-`.
/// Any other value is refused with an [IllegalArgumentException].
public record GatewayId(String value) implements Comparable<GatewayId> {
  public GatewayId {
    IdFormat.require("gateway id", value);
  }

  @Override
  public int compareTo(GatewayId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
