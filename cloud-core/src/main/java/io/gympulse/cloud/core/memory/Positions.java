package io.gympulse.cloud.core.memory;

import java.util.function.LongConsumer;

/// Numbers what watchers can see, in the order in which it came to be. Its lock is the one of all
/// that is numbered: who holds it sees everything up to [#last], and nothing beyond.
final class Positions {
  private final LongConsumer grown;
  private long last;

  /// @param grown told the last number after something was numbered
  Positions(LongConsumer grown) {
    this.grown = grown;
  }

  synchronized long next() {
    return ++last;
  }

  /// Tells of what was numbered. To be called without the lock.
  void tell() {
    long now;
    synchronized (this) {
      now = last;
    }
    grown.accept(now);
  }
}
