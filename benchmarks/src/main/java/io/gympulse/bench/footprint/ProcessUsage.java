package io.gympulse.bench.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What a process uses of its machine, from `/proc`.
///
/// @param pid of a process that runs
record ProcessUsage(long pid) {
  private static final String RESIDENT = "VmRSS:";
  private static final double KILOBYTES_PER_MEGABYTE = 1_024;

  /// Of the fields of `stat` behind the process's name.
  private static final int USER_TIME = 11;

  /// The kernel reports times in hundredths of a second on every architecture of Linux.
  private static final double TICK_SECONDS = 0.01;

  /// Resident memory, in units of 1,048,576 bytes.
  double residentMegabytes() throws IOException {
    return Files.readAllLines(folder().resolve("status")).stream()
        .filter(it -> it.startsWith(RESIDENT))
        .map(it -> it.substring(RESIDENT.length()).replace("kB", "").strip())
        .mapToDouble(it -> Long.parseLong(it) / KILOBYTES_PER_MEGABYTE)
        .findFirst()
        .orElseThrow(() -> new IOException("no %s of process %d".formatted(RESIDENT, pid)));
  }

  /// The share of one core that is used during a time, in percent.
  double cpuPercent(Duration time) throws IOException, InterruptedException {
    double before = cpuSeconds();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    double seconds = (System.nanoTime() - start) / 1e9;
    return (cpuSeconds() - before) / seconds * 100;
  }

  private double cpuSeconds() throws IOException {
    String stat = Files.readString(folder().resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]))
        * TICK_SECONDS;
  }

  private Path folder() {
    return Path.of("/proc", Long.toString(pid));
  }
}
