package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_REQUEST;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getInt;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getLong;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.text;

import io.gympulse.edge.sensing.gpio.line.GpioChips;
import io.gympulse.edge.sensing.gpio.line.HeldLines;
import io.gympulse.edge.sensing.gpio.line.LineException;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineSetup;
import io.gympulse.edge.sensing.gpio.line.Waiter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The GPIO chips of a Linux machine, by their character devices.
///
/// Edges carry the time of `CLOCK_MONOTONIC`, which nobody sets. On another system, or without
/// native access, each call ends in a `LinkageError`.
public final class CharacterDevices implements GpioChips {
  private final DeviceFolder folder;

  public CharacterDevices() {
    this(Path.of("/dev"));
  }

  CharacterDevices(Path folder) {
    this.folder = new DeviceFolder(folder);
  }

  @Override
  public HeldLines take(LineRequest request) throws LineException {
    Chip chip = ChipChoice.of(request.chip(), folder.chips());
    for (LineSetup line : request.lines()) {
      if (line.line() >= chip.lines()) {
        throw Refusals.beyond(chip, line);
      }
    }
    int fd = Syscalls.open(chip.device().toString());
    if (fd < 0) {
      throw Refusals.opening(chip, -fd);
    }
    try {
      return take(fd, chip, request);
    } finally {
      // The kernel keeps the chip for as long as its lines are held.
      Syscalls.close(fd);
    }
  }

  private static HeldLines take(int fd, Chip chip, LineRequest request) throws LineException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment struct = LineRequests.write(request, arena);
      int result = Syscalls.ioctl(fd, GET_LINE, struct);
      if (result < 0) {
        throw Refusals.taking(chip, request.lines(), users(fd, request.lines()), -result);
      }
      return new OpenLines(chip, request.lines(), getInt(struct, LINE_REQUEST, "fd"));
    }
  }

  private static Map<Integer, String> users(int fd, List<LineSetup> lines) {
    Map<Integer, String> users = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      for (LineSetup line : lines) {
        MemorySegment info = arena.allocate(LINE_INFO);
        put(info, LINE_INFO, "offset", line.line());
        if (Syscalls.ioctl(fd, GET_LINE_INFO, info) >= 0
            && (getLong(info, LINE_INFO, "flags") & LineRequests.FLAG_USED) != 0) {
          users.put(line.line(), text(info, LINE_INFO, "consumer"));
        }
      }
    }
    return users;
  }

  @Override
  public Waiter waiter() throws LineException {
    return EventWaiter.open();
  }

  @Override
  public long nanos() {
    return Syscalls.monotonicNanos();
  }
}
