package io.gympulse.edge.sync;

import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import java.time.Duration;

/// The limits and times of sending, on the process's clock.
///
/// @param retryAfter how long to wait for an acknowledgement before the first retry
/// @param longestRetry what the doubling delays between retries grow up to
/// @param snapshotEvery how often a snapshot is sent while the uplink is connected
/// @param publishesPerSecond the most messages a second; AWS IoT Core takes 100 of one connection
/// @param bytesPerSecond the most bytes of payload a second; AWS IoT Core takes 512 KB of one
///     connection
public record SyncSettings(
    Duration retryAfter,
    Duration longestRetry,
    Duration snapshotEvery,
    double publishesPerSecond,
    double bytesPerSecond) {

  /// The most bytes of backlog in flight, so that live events do not queue behind more.
  static final int BACKLOG_WINDOW = 65_536;

  /// The most bytes of live batches in flight: at AWS IoT Core's 512 KB a second what is sent in
  /// 16 s, while acknowledgements of live events are held for up to 10 s. The events are in the
  /// outbox; only ranges of their numbers are in memory.
  static final int LIVE_WINDOW = 8 << 20;

  /// The most runs of live events in flight. Adjoining batches sent within a second are one run, so
  /// there are about 40 before the first retry is due; more only if acknowledgements leave gaps.
  static final int LIVE_RUNS = 1_024;

  /// Live batches sent within the same span of this length share a run if their numbers adjoin.
  static final long RUN_NANOS = 1_000_000_000L;

  /// After so many live batches in a row the backlog has its turn.
  static final int LIVE_TURNS = 3;

  /// The most batches of backlog in flight.
  static final int BACKLOG_BATCHES = 5;

  /// How many numbers of the backlog are reserved at a time.
  static final long RESERVED_STEP = 20_000;

  /// How long a live batch waits for more events if one was sent just before.
  static final long LINGER_NANOS = 20_000_000;

  /// If backlog is acknowledged within this time, its batches grow.
  static final long QUICK_NANOS = 200_000_000;

  /// If backlog is not acknowledged within this time, its batches shrink.
  static final long SLOW_NANOS = 400_000_000;

  static final double BURST_MESSAGES = 10;
  static final double BURST_BYTES = 131_072;

  public SyncSettings {
    var _ = backoff(retryAfter, longestRetry);
    if (!(publishesPerSecond > 0) || !(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "%s publishes and %s bytes a second".formatted(publishesPerSecond, bytesPerSecond));
    }
  }

  /// How long to wait for an acknowledgement.
  Backoff backoff() {
    return backoff(retryAfter, longestRetry);
  }

  /// An acknowledgement may take its whole time, so no delay is shortened.
  private static Backoff backoff(Duration retryAfter, Duration longestRetry) {
    return new Backoff(retryAfter, longestRetry, Jitter.ADDED);
  }
}
