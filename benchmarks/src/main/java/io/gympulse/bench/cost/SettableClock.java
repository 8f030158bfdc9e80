package io.gympulse.bench.cost;

import java.time.Instant;
import java.time.InstantSource;

/// The time of what is played.
final class SettableClock implements InstantSource {
  private volatile Instant now;

  SettableClock(Instant now) {
    this.now = now;
  }

  void set(Instant next) {
    now = next;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
