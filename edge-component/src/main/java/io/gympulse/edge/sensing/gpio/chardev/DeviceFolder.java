package io.gympulse.edge.sensing.gpio.chardev;

import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.CHIP_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.GET_CHIP_INFO;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.getInt;
import static io.gympulse.edge.sensing.gpio.chardev.GpioStructs.text;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The GPIO chips in a folder of devices.
record DeviceFolder(Path folder) {

  /// All chips that this user may open, in the order of their names.
  ///
  /// @throws LineException if there are chips, but this user may open none of them
  List<Chip> chips() throws LineException {
    List<Chip> chips = new ArrayList<>();
    Optional<Path> forbidden = Optional.empty();
    for (Path device : devices()) {
      int fd = Syscalls.open(device.toString());
      if (fd >= 0) {
        describe(fd, device).ifPresent(chips::add);
        Syscalls.close(fd);
      } else if (fd == -Syscalls.EACCES || fd == -Syscalls.EPERM) {
        forbidden = Optional.of(device);
      }
    }
    if (chips.isEmpty() && forbidden.isPresent()) {
      throw LineErrors.notPermitted(forbidden.get());
    }
    return chips;
  }

  /// Symbolic links are skipped: some systems keep one as an old name of the same chip.
  private List<Path> devices() throws LineException {
    List<Path> devices = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "gpiochip*")) {
      for (Path file : files) {
        if (!Files.isSymbolicLink(file)) {
          devices.add(file);
        }
      }
    } catch (IOException e) {
      throw new LineException("GPIO chips cannot be listed in %s: %s".formatted(folder, e));
    }
    devices.sort(Comparator.naturalOrder());
    return devices;
  }

  private static Optional<Chip> describe(int fd, Path device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(CHIP_INFO);
      if (Syscalls.ioctl(fd, GET_CHIP_INFO, info) < 0) {
        return Optional.empty();
      }
      return Optional.of(
          new Chip(
              device,
              text(info, CHIP_INFO, "name"),
              text(info, CHIP_INFO, "label"),
              getInt(info, CHIP_INFO, "lines")));
    }
  }
}
