package io.gympulse.system.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A command of the launcher, run to its end.
public record Run(int exitCode, List<String> lines, String errors) {

  public static Run of(Path folder, Duration limit, String component, String... arguments)
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
      return new Run(exit, lines, Files.readString(log));
    }
  }

  /// The values of the line that ends every such command.
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
