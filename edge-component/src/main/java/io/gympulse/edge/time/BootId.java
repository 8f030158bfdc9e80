package io.gympulse.edge.time;

/// Identifies one boot of the machine; unique per boot.
public record BootId(String value) {
  public BootId {
    if (!value.matches("[0-9A-Za-z-]{1,64}")) {
      throw new IllegalArgumentException("'%s' is not a boot id".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
