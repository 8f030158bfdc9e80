package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.POLL_FD;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.offset;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.GpioChips.Waiter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Waits by `poll(2)`; an `eventfd(2)` among the descriptors wakes it.
final class EventWaiter implements Waiter {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final int wakeUp;

  private EventWaiter(int wakeUp) {
    this.wakeUp = wakeUp;
  }

  static EventWaiter open() throws LineException {
    int fd = Syscalls.eventfd();
    if (fd < 0) {
      throw new LineException("waiting for GPIO lines failed: eventfd error %d".formatted(-fd));
    }
    return new EventWaiter(fd);
  }

  @Override
  public Set<LineHandle> await(Collection<LineHandle> lines, Duration timeout)
      throws LineException {
    List<DeviceLineHandle> open = new ArrayList<>();
    lines.forEach(it -> open.add((DeviceLineHandle) it));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment descriptors = arena.allocate(POLL_FD, open.size() + 1L);
      for (int i = 0; i < open.size(); i++) {
        watch(descriptors, i, open.get(i).fd());
      }
      watch(descriptors, open.size(), wakeUp);
      int result = Syscalls.poll(descriptors, open.size() + 1L, millis(timeout));
      if (result < 0 && result != -Syscalls.EINTR) {
        throw new LineException("waiting for GPIO lines failed: poll error %d".formatted(-result));
      }
      return result > 0 ? ready(open, descriptors) : Set.of();
    }
  }

  private Set<LineHandle> ready(List<DeviceLineHandle> open, MemorySegment descriptors) {
    Set<LineHandle> ready = new HashSet<>();
    for (int i = 0; i < open.size(); i++) {
      if (isReady(descriptors, i)) {
        ready.add(open.get(i));
      }
    }
    if (isReady(descriptors, open.size())) {
      clearWakeUps();
    }
    return ready;
  }

  private void clearWakeUps() {
    try (Arena arena = Arena.ofConfined()) {
      Syscalls.read(wakeUp, arena.allocate(JAVA_LONG));
    }
  }

  private static void watch(MemorySegment descriptors, long index, int fd) {
    MemorySegment descriptor = at(descriptors, index);
    put(descriptor, POLL_FD, "fd", fd);
    descriptor.set(JAVA_SHORT, offset(POLL_FD, "events"), Syscalls.POLLIN);
  }

  /// Includes error conditions: the next read then fails with the reason, such as a missing chip.
  private static boolean isReady(MemorySegment descriptors, long index) {
    return at(descriptors, index).get(JAVA_SHORT, offset(POLL_FD, "revents")) != 0;
  }

  private static MemorySegment at(MemorySegment descriptors, long index) {
    return descriptors.asSlice(index * POLL_FD.byteSize(), POLL_FD.byteSize());
  }

  /// Rounded up, so that the last millisecond is not polled with a timeout of zero.
  private static int millis(Duration timeout) {
    Duration capped = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    return (int) capped.plusNanos(999_999).toMillis();
  }

  @Override
  public void wake() {
    try (Arena arena = Arena.ofConfined()) {
      Syscalls.write(wakeUp, arena.allocateFrom(JAVA_LONG, 1L));
    }
  }

  @Override
  public void close() {
    Syscalls.close(wakeUp);
  }
}
