package io.gympulse.cloud.core.count;

import java.time.LocalDate;

/// How many items of a kind a date has.
public record DeviceCount(LocalDate date, DeviceKind kind, long count) {
  public DeviceCount {
    if (count < 1) {
      throw new IllegalArgumentException("count %d is not positive".formatted(count));
    }
  }
}
