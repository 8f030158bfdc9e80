package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

/// How often something happened lately: a leaky bucket (the generic cell rate algorithm of ITU-T
/// I.371) that `allowed` times fill and one minute empties. It empties by the time that passes on
/// the gateway or by the sensor's own clock, whichever is more: readings that were buffered and
/// arrive at once count as often as they happened, and a clock that stands still makes no
/// difference. A clock that jumps, in either direction, empties the bucket by as much. Immutable.
///
/// @param fill milliseconds until it is empty, as of the last time
/// @param at the last time, in epoch milliseconds; [SensorState#NEVER] if there is none
/// @param stampedAt the last time by the sensor's clock, in epoch milliseconds
record LeakyBucket(long fill, long at, long stampedAt) {
  static final LeakyBucket EMPTY = new LeakyBucket(0, NEVER, NEVER);

  private static final long MINUTE = 60_000;

  /// Adds a time.
  ///
  /// @param allowed how many times fill the bucket
  LeakyBucket with(int allowed, long when, long stamp) {
    long left = Math.max(0, fill - sinceLast(when, stamp));
    return new LeakyBucket(left + MINUTE / allowed, when, stamp);
  }

  /// Whether it happened more often than allowed.
  boolean isOver() {
    return fill > MINUTE;
  }

  /// Milliseconds since the last time; [SensorState#NEVER] if there is none.
  long sinceLast(long when, long stamp) {
    return at == NEVER ? NEVER : Math.max(when - at, Math.abs(stamp - stampedAt));
  }
}
