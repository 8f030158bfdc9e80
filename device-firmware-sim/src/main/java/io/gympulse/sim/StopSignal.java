package io.gympulse.sim;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A request to end the process. All waiting in this process goes through [#pause], which it
/// interrupts. Safe for any number of threads.
final class StopSignal {
  private static final Duration TIMER_PRECISION = Duration.ofNanos(50_000);

  private final CountDownLatch requested = new CountDownLatch(1);

  void request() {
    requested.countDown();
  }

  /// Waits for a real time; returns at once if that is shorter than the timer's precision.
  ///
  /// @return false if the end has been requested
  boolean pause(Duration real) throws InterruptedException {
    if (real.compareTo(TIMER_PRECISION) < 0) {
      return requested.getCount() > 0;
    }
    return !requested.await(real.toNanos(), TimeUnit.NANOSECONDS);
  }
}
