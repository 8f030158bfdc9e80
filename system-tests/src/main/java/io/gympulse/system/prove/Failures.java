package io.gympulse.system.prove;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Figures that must be zero. Each that is not is printed with the command that repeats the run
/// and the folder of the run's files.
final class Failures {
  private final String command;
  private final Path folder;
  private final PrintStream out;
  private final Map<String, Long> failed = new LinkedHashMap<>();

  Failures(String command, Path folder, PrintStream out) {
    this.command = command;
    this.folder = folder;
    this.out = out;
  }

  void check(String figure, long value) {
    if (value != 0) {
      failed.put(figure, value);
      out.printf("failed: %s=%d in the run `%s`, kept in %s%n", figure, value, command, folder);
    }
  }

  /// Fails if a check had nothing to check.
  void requireChecked(String what, long checked) {
    check("nothing_checked_of_" + what, checked > 0 ? 0 : 1);
  }

  boolean none() {
    return failed.isEmpty();
  }
}
