package io.gympulse.edge.sensing.gpio;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Records levels, and can block the reader.
final class BlockingLevels implements LineReader.Listener {
  private final AtomicInteger notifications = new AtomicInteger();
  private final AtomicLong high = new AtomicLong();
  private final Map<Integer, Duration> ages = new ConcurrentHashMap<>();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  int notifications() {
    return notifications.get();
  }

  /// Bit i is set if line i is high.
  long high() {
    return high.get();
  }

  /// Zero if the level was read, not notified by an edge.
  Duration ageOfLast(int line) {
    return ages.getOrDefault(line, Duration.ZERO);
  }

  void block() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  void awaitBlocked() throws InterruptedException {
    blocked.await();
  }

  @Override
  public void level(int line, boolean isHigh, Duration age) {
    notifications.incrementAndGet();
    ages.put(line, age);
    long bit = 1L << line;
    high.updateAndGet(it -> isHigh ? it | bit : it & ~bit);
    try {
      if (gate.getCount() > 0) {
        blocked.countDown();
      }
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void lost(LineException reason) {
    HardwareCheck.check(false, "lines were lost: " + reason.getMessage());
  }
}
