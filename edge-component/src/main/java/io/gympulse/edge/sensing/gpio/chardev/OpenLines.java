package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE_VALUES;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_EVENT;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_VALUES;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getLong;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;

import io.gympulse.edge.sensing.gpio.line.Edge;
import io.gympulse.edge.sensing.gpio.line.HeldLines;
import io.gympulse.edge.sensing.gpio.line.LineException;
import io.gympulse.edge.sensing.gpio.line.LineSetup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The file descriptor of a request for lines.
final class OpenLines implements HeldLines {
  private final Chip chip;
  private final List<LineSetup> lines;
  private final int fd;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment events = arena.allocate(LINE_EVENT, LineRequests.EVENT_BUFFER);
  private final MemorySegment values = arena.allocate(LINE_VALUES);
  private boolean closed;

  OpenLines(Chip chip, List<LineSetup> lines, int fd) {
    this.chip = chip;
    this.lines = lines;
    this.fd = fd;
  }

  int fd() {
    return fd;
  }

  @Override
  public List<Edge> edges() throws LineException {
    long bytes = Syscalls.read(fd, events);
    if (bytes == -Syscalls.EINTR) {
      return List.of();
    }
    if (bytes < 0) {
      throw Refusals.reading(chip, lines, (int) -bytes);
    }
    return LineEvents.read(events.asSlice(0, bytes));
  }

  @Override
  public long levels() throws LineException {
    put(values, LINE_VALUES, "bits", 0L);
    put(values, LINE_VALUES, "mask", -1L >>> (Long.SIZE - lines.size()));
    int result = Syscalls.ioctl(fd, GET_LINE_VALUES, values);
    if (result < 0) {
      throw Refusals.reading(chip, lines, -result);
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
