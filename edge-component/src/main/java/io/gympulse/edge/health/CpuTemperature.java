package io.gympulse.edge.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The processor's temperature by the kernel's thermal zones: the highest of those whose type names
/// the processor, such as `cpu-thermal` of a Raspberry Pi. Empty if there is none.
final class CpuTemperature {
  private static final double MILLIDEGREES = 1_000;

  private final Path zones;

  /// @param zones in place of `/sys/class/thermal`, for tests
  CpuTemperature(Path zones) {
    this.zones = zones;
  }

  static CpuTemperature ofThisMachine() {
    return new CpuTemperature(Path.of("/sys/class/thermal"));
  }

  /// In degrees Celsius.
  Optional<Double> read() {
    try (Stream<Path> all = Files.list(zones)) {
      return all.filter(it -> it.getFileName().toString().startsWith("thermal_zone"))
          .filter(CpuTemperature::isOfProcessor)
          .flatMap(it -> millidegrees(it).stream())
          .max(Comparator.naturalOrder())
          .map(it -> it / MILLIDEGREES);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isOfProcessor(Path zone) {
    return text(zone.resolve("type"))
        .filter(it -> it.contains("cpu") || it.contains("x86_pkg"))
        .isPresent();
  }

  private static Optional<Long> millidegrees(Path zone) {
    try {
      return text(zone.resolve("temp")).map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
