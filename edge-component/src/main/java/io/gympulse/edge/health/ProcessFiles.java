package io.gympulse.edge.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What Linux says about this process, in `/proc/self`. Empty on other systems.
final class ProcessFiles {
  private static final long KIB = 1_024;

  private final Path folder;

  /// @param folder in place of `/proc/self`, for tests
  ProcessFiles(Path folder) {
    this.folder = folder;
  }

  static ProcessFiles ofThisProcess() {
    return new ProcessFiles(Path.of("/proc/self"));
  }

  /// The process's resident memory, `VmRSS` of `status`.
  Optional<Long> residentBytes() {
    return number("status", "VmRSS:").map(it -> it * KIB);
  }

  /// What the process has caused to be sent to disks since it started, `write_bytes` of `io`.
  Optional<Long> writtenBytes() {
    return number("io", "write_bytes:");
  }

  private Optional<Long> number(String file, String key) {
    try {
      return Files.readAllLines(folder.resolve(file)).stream()
          .filter(it -> it.startsWith(key))
          .map(it -> it.substring(key.length()).replace("kB", "").strip())
          .map(Long::valueOf)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
