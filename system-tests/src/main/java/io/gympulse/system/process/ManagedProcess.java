package io.gympulse.system.process;

import io.gympulse.process.ParentWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A running process. A listener gets each line of its standard output; its standard error is
/// appended to a log file. A process of this system ends by itself when this one does, see
/// [ParentWatch]. Safe for any number of threads.
public final class ManagedProcess implements AutoCloseable {
  /// From SIGTERM to SIGKILL.
  private static final Duration TERMINATION_LIMIT = Duration.ofSeconds(5);

  /// From SIGKILL to the exit, on a busy machine.
  private static final Duration KILL_LIMIT = Duration.ofMinutes(1);

  private static final int LOG_TAIL_LINES = 15;

  private final String name;
  private final Process process;
  private final Path log;
  private final long logStart;
  private final CompletableFuture<KeyValueLine> ready = new CompletableFuture<>();

  private ManagedProcess(String name, Process process, Path log, long logStart) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /// @param onLine called for each line of standard output, on a thread of its own
  public static ManagedProcess start(
      String name, ProcessBuilder builder, Path log, Consumer<String> onLine) throws IOException {
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    builder.environment().putAll(ParentWatch.variables());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    ManagedProcess started = new ManagedProcess(name, builder.start(), log, logStart);
    Thread.ofVirtual().name(name + "-output").start(() -> started.read(onLine));
    return started;
  }

  private void read(Consumer<String> onLine) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        KeyValueLine.parse("ready: ", line).ifPresent(ready::complete);
        onLine.accept(line);
      }
    } catch (IOException e) {
      // The pipe breaks when the process is killed.
    } finally {
      ready.completeExceptionally(new ProcessFailedException(name + " ended before it was ready"));
    }
  }

  /// Waits for the process's `ready: ` line and returns its values.
  ///
  /// @throws ProcessFailedException if the process ends or the limit passes before; the message
  ///     holds the end of its log
  public KeyValueLine awaitReady(Duration limit) throws InterruptedException {
    try {
      return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ProcessFailedException("%s did not start:%n%s".formatted(name, logTail()));
    } catch (TimeoutException e) {
      throw new ProcessFailedException(
          "%s was not ready within %d s:%n%s".formatted(name, limit.toSeconds(), logTail()));
    }
  }

  /// Waits for the process to end by itself.
  ///
  /// @return its exit code
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ProcessFailedException(
          "%s did not end within %d s".formatted(name, limit.toSeconds()));
    }
    return process.exitValue();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /// Writes a line to its standard input.
  public void writeLine(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  /// SIGKILL; waits for the end.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit(KILL_LIMIT);
  }

  /// SIGTERM, without waiting for the end.
  public void terminate() {
    process.destroy();
  }

  /// SIGTERM, then SIGKILL if it does not end.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TERMINATION_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// The end of the log of this run, without that of earlier runs.
  private String logTail() {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(logStart);
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
