package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE_VALUES;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_EVENT;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_VALUES;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getInt;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getLong;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;

import io.gympulse.edge.sensing.gpio.line.GpioChips.EdgeEvent;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The file descriptor that the kernel returned for a request.
final class DeviceLineHandle implements LineHandle {
  private static final int RISING_EDGE = 1;

  private final Chip chip;
  private final List<LineSettings> lines;
  private final int fd;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment events = arena.allocate(LINE_EVENT, LineRequestEncoder.EVENT_BUFFER);
  private final MemorySegment values = arena.allocate(LINE_VALUES);
  private boolean closed;

  DeviceLineHandle(Chip chip, List<LineSettings> lines, int fd) {
    this.chip = chip;
    this.lines = lines;
    this.fd = fd;
  }

  int fd() {
    return fd;
  }

  @Override
  public List<EdgeEvent> edges() throws LineException {
    long bytes = Syscalls.read(fd, events);
    if (bytes == -Syscalls.EINTR) {
      return List.of();
    }
    if (bytes < 0) {
      throw LineErrors.readFailed(chip, lines, (int) -bytes);
    }
    return decode(events.asSlice(0, bytes));
  }

  /// @param events whole structures, one after the other
  static List<EdgeEvent> decode(MemorySegment events) {
    return events.elements(LINE_EVENT).map(DeviceLineHandle::edge).toList();
  }

  private static EdgeEvent edge(MemorySegment event) {
    return new EdgeEvent(
        getInt(event, LINE_EVENT, "offset"),
        getInt(event, LINE_EVENT, "id") == RISING_EDGE,
        Integer.toUnsignedLong(getInt(event, LINE_EVENT, "seqno")),
        getLong(event, LINE_EVENT, "timestamp_ns"));
  }

  @Override
  public long levels() throws LineException {
    put(values, LINE_VALUES, "bits", 0L);
    put(values, LINE_VALUES, "mask", -1L >>> (Long.SIZE - lines.size()));
    int result = Syscalls.ioctl(fd, GET_LINE_VALUES, values);
    if (result < 0) {
      throw LineErrors.readFailed(chip, lines, -result);
    }
    return getLong(values, LINE_VALUES, "bits");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Syscalls.close(fd);
      arena.close();
    }
  }
}
