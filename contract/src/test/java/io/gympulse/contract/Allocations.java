package io.gympulse.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/// Counts the bytes that a piece of work allocates on its thread.
public final class Allocations {
  /// Generous for one message of at most 128 KB, and far from what a bomb expands to.
  private static final long MOST = 64L << 20;

  private Allocations() {}

  /// Does the work and fails if it allocated more than one message is worth, twice in a row: the
  /// first time may load classes.
  public static <T> T bounded(Supplier<T> work) {
    long before = allocated();
    T result = work.get();
    if (allocated() - before > MOST) {
      before = allocated();
      result = work.get();
    }
    long allocated = allocated() - before;
    if (allocated > MOST) {
      throw new AssertionError("%d bytes allocated, %d allowed".formatted(allocated, MOST));
    }
    return result;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
