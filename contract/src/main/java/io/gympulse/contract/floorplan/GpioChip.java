package io.gympulse.contract.floorplan;

import java.nio.charset.StandardCharsets;

/// A GPIO chip by its name (`gpiochip0`) or by its label. Names count chips in the order in which
/// the kernel found them, which a plugged expander may change; labels stay.
///
/// @param value 1 to 31 bytes, as the kernel holds no more
public record GpioChip(String value) {
  private static final int LONGEST = 31;

  public GpioChip {
    if (value.isBlank() || value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "GPIO chip '%s' is not of 1 to %d bytes".formatted(value, LONGEST));
    }
    if (value.startsWith("/dev/")) {
      throw new IllegalArgumentException(
          "GPIO chip '%s' is a path; give its name, such as gpiochip0, or label".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
