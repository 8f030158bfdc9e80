package io.gympulse.bench.footprint;

import java.util.concurrent.CountDownLatch;

/// A JVM that does nothing: what is left of memory if all of a program is taken away.
final class IdleJvm {
  private IdleJvm() {}

  /// Runs until it is killed.
  ///
  /// @param arguments ignored
  public static void main(String[] arguments) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
