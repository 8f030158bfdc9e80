package io.gympulse.edge.sensing.gpio.chardev;

import java.nio.file.Path;

/// A GPIO chip of this machine.
///
/// @param name as the kernel counts them, such as `gpiochip0`
/// @param label what its driver calls it
/// @param lines how many it has
record Chip(Path device, String name, String label, int lines) {

  @Override
  public String toString() {
    return "%s [%s]".formatted(name, label);
  }
}
