package io.gympulse.edge.sensing.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides by its timestamp whether a reading is about now. A bridge sends the last readings again
/// when it starts, which may be days old; a sensor whose clock is wrong stamps all its readings
/// alike, and they are about now. Not thread-safe.
final class Freshness {
  private static final Duration OLDEST = Duration.ofSeconds(60);
  private static final Duration STEADY = Duration.ofSeconds(10);

  private Optional<Stamp> before = Optional.empty();
  private Optional<Stamp> latest = Optional.empty();

  private record Stamp(Instant time, Duration age) {

    /// Whether a clock that is wrong by the same time has stamped another reading.
    boolean isOfSameClock(Stamp earlier) {
      return !time.equals(earlier.time) && age.minus(earlier.age).abs().compareTo(STEADY) <= 0;
    }
  }

  /// Whether a reading is older than a minute, and not by a clock that is wrong: the message before
  /// had another timestamp of nearly the same age.
  ///
  /// @param age by the gateway's wall clock
  boolean isStale(Instant timestamp, Duration age) {
    Stamp now = new Stamp(timestamp, age);
    latest = Optional.of(now);
    return age.compareTo(OLDEST) > 0 && before.filter(now::isOfSameClock).isEmpty();
  }

  /// Handles the end of a message, which may have several readings.
  void messageEnded() {
    before = latest;
  }
}
