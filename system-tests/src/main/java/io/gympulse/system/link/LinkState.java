package io.gympulse.system.link;

import java.time.Duration;

/// What a link does to bytes.
public sealed interface LinkState {
  LinkState UP = new Up();
  LinkState BLACK_HOLE = new BlackHole();
  LinkState RESET = new Reset();

  /// Bytes pass at once.
  record Up() implements LinkState {}

  /// Bytes and new connections wait, unanswered, until the state changes: a pulled cable.
  record BlackHole() implements LinkState {}

  /// Connections are reset, new ones at once: a restarting router.
  record Reset() implements LinkState {}

  /// Bytes pass late and slowly.
  ///
  /// @param delay before each piece of up to 4,096 bytes
  /// @param bytesPerSecond in each direction of each connection, at least 1
  record Slow(Duration delay, int bytesPerSecond) implements LinkState {
    public Slow {
      if (bytesPerSecond < 1 || delay.isNegative()) {
        throw new IllegalArgumentException("a slow link has a delay and passes something");
      }
    }
  }
}
