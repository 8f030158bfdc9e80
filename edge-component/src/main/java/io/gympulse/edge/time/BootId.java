package io.gympulse.edge.time;

/// Names one start of the machine. Two boots never share one.
public record BootId(String value) {
  public BootId {
    if (!value.matches("[0-9A-Za-z-]{1,64}")) {
      throw new IllegalArgumentException("'%s' is no boot id".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
