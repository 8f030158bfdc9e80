package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import java.time.Duration;
import java.time.Instant;

/// Which times of devices are believed.
final class TimeWindow {
  /// How far a device's clock may run ahead of ours.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private TimeWindow() {}

  /// @throws Refusal if the time lies more than 5 minutes ahead
  static Instant notAhead(JsonBody time, Instant now) {
    Instant read = time.time();
    if (read.isAfter(now.plus(AHEAD))) {
      throw new Refusal(
          Fault.invalid(
              time.path(),
              "%s is more than 5 minutes ahead of %s; set the device's clock"
                  .formatted(read, now)));
    }
    return read;
  }

  /// @throws Refusal if the time lies more than 5 minutes ahead, or further back than `kept`
  static Instant within(JsonBody time, Instant now, Duration kept) {
    Instant read = notAhead(time, now);
    if (read.isBefore(now.minus(kept))) {
      throw new Refusal(
          Fault.invalid(
              time.path(), "older than the %d days that are kept".formatted(kept.toDays())));
    }
    return read;
  }
}
