package io.gympulse.cloud.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that tests advance. Safe for any number of threads.
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  public ManualClock(Instant now) {
    this.now = now;
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
