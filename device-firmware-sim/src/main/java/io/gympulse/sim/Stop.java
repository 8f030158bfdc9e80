package io.gympulse.sim;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The request to end, and the only way to wait in this process. Safe for any number of threads.
final class Stop {
  private static final Duration AT_ONCE = Duration.ofNanos(50_000);

  private final CountDownLatch requested = new CountDownLatch(1);

  void request() {
    requested.countDown();
  }

  /// Waits for the given real time, or not at all if it is shorter than a timer is exact.
  ///
  /// @return false if the end is requested
  boolean pause(Duration real) throws InterruptedException {
    if (real.compareTo(AT_ONCE) < 0) {
      return requested.getCount() > 0;
    }
    return !requested.await(real.toNanos(), TimeUnit.NANOSECONDS);
  }
}
