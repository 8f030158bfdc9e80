package io.gympulse.bench.coldstart;

import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures a JVM with an empty main class and its own AOT cache: the lower bound of any start.
final class BareJvm {
  private static final int TIMEOUT_SECONDS = 60;

  private final Path folder;

  static final class Nothing {
    private Nothing() {}

    /// @param arguments ignored
    public static void main(String[] arguments) {}
  }

  /// @param folder takes the jar and the AOT cache
  BareJvm(Path folder) throws IOException {
    this.folder = folder;
    ClassJar.write(folder.resolve("bare.jar"), List.of(Nothing.class));
    run("-XX:AOTCacheOutput=bare.aot");
  }

  /// Milliseconds from the start to the end of the process.
  double measureMillis() throws IOException {
    return run("-XX:AOTCache=bare.aot");
  }

  private double run(String option) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            option,
            "-cp",
            "bare.jar",
            Nothing.class.getName());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("bare.log").toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new ProcessFailedException("a bare JVM failed; see %s".formatted(folder));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("interrupted");
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
