package io.gympulse.edge.sensing.gpio;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A chip of the kernel's module `gpio-sim`, made by configfs and driven by sysfs.
record SimulatedChip(String name, int lines) {
  private static final Path SIMULATOR = Path.of("/sys/kernel/config/gpio-sim");

  private Path device() {
    return SIMULATOR.resolve(name);
  }

  private Path bank() {
    return device().resolve("bank");
  }

  GpioChip label() {
    return new GpioChip(name);
  }

  void define() throws IOException {
    Files.createDirectory(device());
    Files.createDirectory(bank());
    Files.writeString(bank().resolve("num_lines"), String.valueOf(lines));
    Files.writeString(bank().resolve("label"), name);
  }

  void plug() throws IOException {
    Files.writeString(device().resolve("live"), "1");
  }

  void unplug() throws IOException {
    Files.writeString(device().resolve("live"), "0");
  }

  /// As `gpiochip0`.
  String kernelName() throws IOException {
    return Files.readString(bank().resolve("chip_name")).strip();
  }

  /// Drives a line from outside.
  void drive(int line, boolean high) throws IOException {
    String device = Files.readString(device().resolve("dev_name")).strip();
    Path pull = Path.of("/sys/devices/platform", device, kernelName(), "sim_gpio" + line, "pull");
    Files.writeString(pull, high ? "pull-up" : "pull-down");
  }
}
