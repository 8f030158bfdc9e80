package io.gympulse.bench.all;

import java.util.List;
import java.util.Optional;

/// What one command printed, and whether it ended well.
///
/// @param command the words behind `./gympulse`
/// @param exitCode 0 if the command kept its own bars
/// @param lines its output
record Measured(List<String> command, int exitCode, List<String> lines) {
  Measured {
    command = List.copyOf(command);
    lines = List.copyOf(lines);
  }

  /// The figures of the last line that begins with the command's name: `bench NAME: k=v ...`, or
  /// `prove: k=v ...`.
  Optional<String> figures() {
    String prefix =
        (command.getFirst().equals("bench") ? "bench " + command.get(1) : command.getFirst())
            + ": ";
    return lines.stream()
        .filter(it -> it.startsWith(prefix))
        .reduce((_, later) -> later)
        .map(it -> it.substring(prefix.length()).strip());
  }

  boolean isGood() {
    return exitCode == 0 && figures().isPresent();
  }
}
