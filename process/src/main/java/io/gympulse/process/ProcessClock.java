package io.gympulse.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/// Wall and monotonic time of a process, both real or both scaled by the same rate.
///
/// A scaled clock shows `epoch + (real wall time - epoch) * rate`: processes started at different
/// moments with the same two numbers agree. Waiting takes real time, so a scaled duration
/// has to pass through [#toReal] first. Immutable and safe for any number of threads.
public final class ProcessClock implements InstantSource {
  private static final double MAX_RATE = 10_000;

  private final Instant epoch;
  private final double rate;
  private final InstantSource wall;

  private ProcessClock(Instant epoch, double rate, InstantSource wall) {
    this.epoch = epoch;
    this.rate = rate;
    this.wall = wall;
  }

  /// The system's time.
  public static ProcessClock real() {
    return new ProcessClock(Instant.EPOCH, 1, InstantSource.system());
  }

  /// @param rate how many times faster than real time, more than 0 and at most 10,000
  public static ProcessClock scaled(Instant epoch, double rate, InstantSource wall) {
    if (!(rate > 0) || rate > MAX_RATE) {
      throw new IllegalArgumentException("clock rate %s is not in (0, 10000]".formatted(rate));
    }
    return new ProcessClock(epoch, rate, wall);
  }

  /// Reads `EPOCH,RATE`, the epoch as ISO-8601 or epoch milliseconds.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static ProcessClock parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "clock '%s' is not of the form EPOCH,RATE".formatted(text));
    }
    try {
      Instant epoch =
          parts[0].matches("-?\\d+")
              ? Instant.ofEpochMilli(Long.parseLong(parts[0]))
              : Instant.parse(parts[0]);
      return scaled(epoch, Double.parseDouble(parts[1]), InstantSource.system());
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "clock '%s': give an ISO-8601 time or epoch milliseconds, a comma, and a number"
              .formatted(text),
          e);
    }
  }

  /// The `EPOCH,RATE` of a clock that shows `shown` at the real time `now` and runs at `rate`.
  public static String argument(Instant now, Instant shown, double rate) {
    if (rate == 1) {
      return now.toEpochMilli() + ",1";
    }
    double epoch = (now.toEpochMilli() * rate - shown.toEpochMilli()) / (rate - 1);
    return Math.round(epoch) + "," + rate;
  }

  @Override
  public Instant instant() {
    Instant now = wall.instant();
    if (rate == 1) {
      return now;
    }
    double sinceEpoch = Duration.between(epoch, now).toNanos() / 1e6 * rate;
    return epoch.plusMillis(Math.round(sinceEpoch));
  }

  /// Monotonic nanoseconds of this clock, from an arbitrary origin.
  public long nanos() {
    return rate == 1 ? System.nanoTime() : (long) (System.nanoTime() * rate);
  }

  /// The real time in which `scaled` passes on this clock; at least 1 ms for a positive duration.
  public Duration toReal(Duration scaled) {
    if (rate == 1 || scaled.isZero() || scaled.isNegative()) {
      return scaled;
    }
    return Duration.ofNanos(Math.max(1_000_000, Math.round(scaled.toNanos() / rate)));
  }

  /// The time that passes on this clock in a real duration.
  public Duration scaled(Duration real) {
    return rate == 1 ? real : Duration.ofNanos(Math.round(real.toNanos() * rate));
  }

  public double rate() {
    return rate;
  }
}
