package io.gympulse.edge.sync;

import java.time.Duration;

/// The numbers that govern sending, in the time of the process's clock.
///
/// @param retryAfter how long to wait for an acknowledgement before the first repeat
/// @param longestRetry what the doubling waits between repeats grow up to
/// @param snapshotEvery how often a snapshot is sent while all is well
/// @param publishesPerSecond the most messages a second; AWS IoT Core takes 100 of one connection
/// @param bytesPerSecond the most bytes of payload a second; AWS IoT Core takes 512 KB of one
///     connection
public record SyncSettings(
    Duration retryAfter,
    Duration longestRetry,
    Duration snapshotEvery,
    double publishesPerSecond,
    double bytesPerSecond) {

  /// The most bytes of backlog on their way, so that the present never queues behind the past.
  static final int BACKLOG_WINDOW = 65_536;

  /// The most bytes of live batches without an answer: at AWS IoT Core's 512 KB a second what is
  /// sent in 16 s, while acknowledgements of live events are held for up to 10 s. The events are in
  /// the outbox; only runs of their numbers are in memory.
  static final int LIVE_WINDOW = 8 << 20;

  /// The most runs of live events without an answer. Neighbours sent within a second are one run,
  /// so there are about 40 before the first repeat is due; more only while answers leave gaps.
  static final int LIVE_RUNS = 1_024;

  /// Live batches sent within the same span of this length share a run if their numbers adjoin.
  static final long RUN_NANOS = 1_000_000_000L;

  /// After so many live batches in a row the backlog has its turn.
  static final int LIVE_TURNS = 3;

  /// The most batches of backlog on their way.
  static final int BACKLOG_BATCHES = 5;

  /// How many numbers of the past are reserved at a time.
  static final long RESERVED_STEP = 20_000;

  /// How long a live batch waits for more to share its message if one was sent just before.
  static final long LINGER_NANOS = 20_000_000;

  /// Backlog that is answered within this time may come in larger batches.
  static final long QUICK_NANOS = 200_000_000;

  /// Backlog that is not answered within this time has to come in smaller ones.
  static final long SLOW_NANOS = 400_000_000;

  static final double BURST_MESSAGES = 10;
  static final double BURST_BYTES = 131_072;

  public SyncSettings {
    if (retryAfter.isNegative() || retryAfter.isZero() || longestRetry.compareTo(retryAfter) < 0) {
      throw new IllegalArgumentException(
          "retry after %s, at longest %s".formatted(retryAfter, longestRetry));
    }
    if (!(publishesPerSecond > 0) || !(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "%s publishes and %s bytes a second".formatted(publishesPerSecond, bytesPerSecond));
    }
  }

  /// How long to wait for an acknowledgement.
  ///
  /// @param attempts how often the batch was sent before
  /// @param random in 0 to 1: spreads the repeats of many gateways over a quarter more
  long waitNanos(int attempts, double random) {
    double doubled = (double) retryAfter.toNanos() * Math.pow(2, Math.min(attempts, 30));
    return Math.round(Math.min(doubled, (double) longestRetry.toNanos()) * (1 + random / 4));
  }
}
