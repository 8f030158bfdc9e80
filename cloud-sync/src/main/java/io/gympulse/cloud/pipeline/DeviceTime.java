package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.contract.json.JsonCursor;
import java.time.Duration;
import java.time.Instant;

/// Validates times that devices send.
final class DeviceTime {
  /// How far a device's clock may be ahead.
  private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private DeviceTime() {}

  /// @throws RejectedException if the time is more than 5 minutes ahead
  static Instant notAhead(JsonCursor<RejectedException> time, Instant now) {
    Instant read = BodyJson.time(time);
    if (read.isAfter(now.plus(MAX_AHEAD))) {
      throw new RejectedException(
          ApiError.invalid(
              time.path(),
              "%s is more than 5 minutes ahead of %s; set the device's clock"
                  .formatted(read, now)));
    }
    return read;
  }

  /// @throws RejectedException if the time is more than 5 minutes ahead, or further back than
  ///     `retention`
  static Instant within(JsonCursor<RejectedException> time, Instant now, Duration retention) {
    Instant read = notAhead(time, now);
    if (read.isBefore(now.minus(retention))) {
      throw new RejectedException(
          ApiError.invalid(
              time.path(), "older than the %d days that are kept".formatted(retention.toDays())));
    }
    return read;
  }
}
