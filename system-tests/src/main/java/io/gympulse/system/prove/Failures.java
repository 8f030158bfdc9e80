package io.gympulse.system.prove;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Figures that have to be zero. Each one that is not is printed with the command that repeats the
/// run and the folder that keeps it.
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

  /// A judge that had nothing to look at has found nothing, which is no success.
  void requireJudged(String what, long judged) {
    check("nothing_judged_of_" + what, judged > 0 ? 0 : 1);
  }

  boolean none() {
    return failed.isEmpty();
  }
}
