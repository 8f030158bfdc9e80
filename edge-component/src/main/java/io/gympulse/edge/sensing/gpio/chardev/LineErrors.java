package io.gympulse.edge.sensing.gpio.chardev;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Turns the kernel's error numbers into messages that name chip, line and remedy.
final class LineErrors {
  private LineErrors() {}

  static LineException notPermitted(Path device) {
    return new LineException(
        "GPIO chip %s may not be opened by this user; put the user into the group that owns it, usually gpio"
            .formatted(device));
  }

  static LineException openFailed(Chip chip, int error) {
    return switch (error) {
      case Syscalls.EACCES, Syscalls.EPERM -> notPermitted(chip.device());
      case Syscalls.ENOENT, Syscalls.ENODEV, Syscalls.ENXIO -> gone(chip);
      default ->
          new LineException("GPIO chip %s cannot be opened: error %d".formatted(chip, error));
    };
  }

  static LineException gone(Chip chip) {
    return new LineException(
        "GPIO chip %s is gone; its lines are read again once it is back".formatted(chip));
  }

  /// @param users the present user of each line that is in use
  static LineException requestFailed(
      Chip chip, List<LineSettings> lines, Map<Integer, String> users, int error) {
    return switch (error) {
      case Syscalls.EBUSY ->
          new LineException(
              "%s; free it or give the sensor another line".formatted(busy(chip, lines, users)));
      case Syscalls.EACCES, Syscalls.EPERM -> notPermitted(chip.device());
      case Syscalls.ENODEV -> gone(chip);
      case Syscalls.ENXIO ->
          new LineException(
              "GPIO chip %s has no interrupts for lines %s; connect its interrupt pin and name that in its device-tree overlay"
                  .formatted(chip, numbers(lines)));
      default ->
          new LineException(
              "lines %s of GPIO chip %s cannot be requested as inputs with edge detection: error %d; Linux 5.10 or later is needed"
                  .formatted(numbers(lines), chip, error));
    };
  }

  static LineException lineOutOfRange(Chip chip, int line) {
    return new LineException(
        "line %d is beyond the %d lines of GPIO chip %s; correct \"line\" in the floor plan"
            .formatted(line, chip.lines(), chip));
  }

  static LineException readFailed(Chip chip, List<LineSettings> lines, int error) {
    return error == Syscalls.ENODEV
        ? gone(chip)
        : new LineException(
            "lines %s of GPIO chip %s cannot be read: error %d; they are requested again"
                .formatted(numbers(lines), chip, error));
  }

  private static String busy(Chip chip, List<LineSettings> lines, Map<Integer, String> users) {
    if (users.isEmpty()) {
      return "one of the lines %s of GPIO chip %s was in use".formatted(numbers(lines), chip);
    }
    return users.entrySet().stream()
        .map(
            it ->
                "line %d of GPIO chip %s is in use by '%s'"
                    .formatted(it.getKey(), chip, it.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String numbers(List<LineSettings> lines) {
    return lines.stream().map(it -> String.valueOf(it.line())).collect(Collectors.joining(", "));
  }
}
