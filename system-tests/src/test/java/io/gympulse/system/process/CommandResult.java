package io.gympulse.system.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Exit code, standard output and standard error of a launcher command that has ended.
public record CommandResult(int exitCode, List<String> lines, String errors) {

  public static CommandResult run(
      Path folder, Duration limit, String component, String... arguments)
      throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    Path log = folder.resolve(component + "-errors.log");
    try (ManagedProcess process =
        ManagedProcess.start(
            component,
            Launcher.current().process(component, List.of(arguments)),
            log,
            lines::add)) {
      int exit = process.awaitExit(limit);
      return new CommandResult(exit, lines, Files.readString(log));
    }
  }

  /// The values of the last output line with this prefix.
  public KeyValueLine result(String prefix) {
    return lines.stream()
        .flatMap(it -> KeyValueLine.parse(prefix, it).stream())
        .reduce((_, last) -> last)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no '%s' in:%n%s%n%s".formatted(prefix, String.join("\n", lines), errors)));
  }
}
