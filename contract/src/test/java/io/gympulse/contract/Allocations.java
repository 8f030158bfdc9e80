package io.gympulse.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/// Bounds the bytes that a task allocates on its thread.
public final class Allocations {
  /// Well above what one message of 128 KB needs, and well below what a decompression bomb takes.
  private static final long MOST = 64L << 20;

  private Allocations() {}

  /// Runs the task and fails if it allocates more than the limit twice in a row: the first run may
  /// load classes.
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
