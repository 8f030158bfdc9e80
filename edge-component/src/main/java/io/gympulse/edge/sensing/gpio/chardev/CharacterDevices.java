package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_LINE_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.LINE_REQUEST;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getInt;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getLong;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.put;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.text;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.edge.sensing.gpio.line.GpioChips;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.GpioChips.Waiter;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The GPIO chips of a Linux machine, through their character devices.
///
/// Edges carry the time of `CLOCK_MONOTONIC`, which cannot be set. On another system, or without
/// native access, each call throws a `LinkageError`.
public final class CharacterDevices implements GpioChips {
  private final DeviceFolder folder;

  public CharacterDevices() {
    this(Path.of("/dev"));
  }

  CharacterDevices(Path folder) {
    this.folder = new DeviceFolder(folder);
  }

  /// Looks for a chip that this user may open, and for its lines, without requesting any.
  ///
  /// @param chip empty for the chip of the machine's own header
  /// @return the chip's name and label
  /// @throws LineException if the chip or a line is missing, or the chip is not accessible
  public String find(Optional<GpioChip> chip, List<Integer> lines) throws LineException {
    return select(chip, lines).toString();
  }

  private Chip select(Optional<GpioChip> wanted, List<Integer> lines) throws LineException {
    Chip chip = Chip.select(wanted, folder.chips());
    for (int line : lines) {
      if (line >= chip.lines()) {
        throw LineErrors.lineOutOfRange(chip, line);
      }
    }
    return chip;
  }

  @Override
  public LineHandle request(LineRequest request) throws LineException {
    Chip chip = select(request.chip(), request.lines().stream().map(LineSettings::line).toList());
    int fd = Syscalls.open(chip.device().toString());
    if (fd < 0) {
      throw LineErrors.openFailed(chip, -fd);
    }
    try {
      return request(fd, chip, request);
    } finally {
      // The request keeps its own reference to the chip.
      Syscalls.close(fd);
    }
  }

  private static LineHandle request(int fd, Chip chip, LineRequest request) throws LineException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment struct = LineRequestEncoder.encode(request, arena);
      int result = Syscalls.ioctl(fd, GET_LINE, struct);
      if (result < 0) {
        throw LineErrors.requestFailed(chip, request.lines(), users(fd, request.lines()), -result);
      }
      return new DeviceLineHandle(chip, request.lines(), getInt(struct, LINE_REQUEST, "fd"));
    }
  }

  private static Map<Integer, String> users(int fd, List<LineSettings> lines) {
    Map<Integer, String> users = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      for (LineSettings line : lines) {
        MemorySegment info = arena.allocate(LINE_INFO);
        put(info, LINE_INFO, "offset", line.line());
        if (Syscalls.ioctl(fd, GET_LINE_INFO, info) >= 0
            && (getLong(info, LINE_INFO, "flags") & LineRequestEncoder.FLAG_USED) != 0) {
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
