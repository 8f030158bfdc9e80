package io.gympulse.system.process;

import java.nio.file.Path;
import java.util.List;

/// A main class of the test class path as a process.
final class JavaMain {
  private JavaMain() {}

  static ProcessBuilder process(Class<?> main, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(List.of(arguments));
    return builder;
  }
}
