package io.gympulse.edge.sensing.gpio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The CPU use of this process while idle.
///
/// @param percent of one core
/// @param wakeUps how often a thread went to sleep again
/// @param threads the wake-ups of those threads that had any, by name
record IdleCpu(double percent, long wakeUps, Map<String, Long> threads) {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final Duration TO_SETTLE = Duration.ofSeconds(10);

  /// Waits first until the process is idle.
  static IdleCpu over(Duration time) throws InterruptedException {
    Thread.sleep(TO_SETTLE);
    Map<Path, Long> before = switches();
    long cpu = cpuNanos();
    Thread.sleep(time);
    double percent = 100.0 * (cpuNanos() - cpu) / time.toNanos();
    Map<String, Long> threads = new TreeMap<>();
    switches()
        .forEach(
            (thread, count) -> {
              long wakeUps = count - before.getOrDefault(thread, 0L);
              if (wakeUps > 0) {
                threads.merge(text(thread.resolve("comm")).strip(), wakeUps, Long::sum);
              }
            });
    return new IdleCpu(
        percent, threads.values().stream().mapToLong(Long::longValue).sum(), threads);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static Map<Path, Long> switches() {
    Map<Path, Long> switches = new HashMap<>();
    try (Stream<Path> threads = Files.list(THREADS)) {
      threads.forEach(it -> switches.put(it, switches(text(it.resolve("status")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switches;
  }

  private static long switches(String status) {
    return status
        .lines()
        .filter(it -> it.startsWith("voluntary_ctxt_switches:"))
        .mapToLong(it -> Long.parseLong(List.of(it.split("\\s+")).getLast()))
        .sum();
  }

  /// Empty for a thread that has ended.
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
