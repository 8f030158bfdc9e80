package io.gympulse.system.prove;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Measures, a few times a second, the load of the machine: how late a sleep returns, the elapsed
/// time of a short computation relative to its processor time, and the duration of a flush to
/// disk. The worst of the three is the slowdown of that interval. A suspended process or machine
/// shows as one long interval. Takes about 1/25 of a core.
final class LoadProbe implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration COMPUTING = Duration.ofMillis(8);

  /// The longest duration of a flush on an unloaded machine.
  private static final Duration FLUSH = Duration.ofMillis(50);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final InstantSource clock;
  private final FileChannel file;
  private final Slowdowns slowdowns = new Slowdowns();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("load-probe").unstarted(this::run);

  private LoadProbe(InstantSource clock, FileChannel file) {
    this.clock = clock;
    this.file = file;
  }

  /// @param clock of the processes; the slowdowns' times are on it
  /// @param folder on the disk to measure; takes a file of one byte
  static LoadProbe start(InstantSource clock, Path folder) throws IOException {
    LoadProbe probe =
        new LoadProbe(
            clock,
            FileChannel.open(
                folder.resolve("load-probe"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    probe.thread.start();
    return probe;
  }

  /// The slowdowns so far; keeps growing until the probe is closed.
  Slowdowns slowdowns() {
    return slowdowns;
  }

  private void run() {
    try {
      Instant from = clock.instant();
      while (true) {
        double factor = Math.max(1, Math.max(sleeping(), Math.max(computing(), flushing())));
        Instant to = clock.instant();
        if (from.isBefore(to)) {
          slowdowns.add(from, to, factor);
          from = to;
        }
      }
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double sleeping() throws InterruptedException {
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    return (double) (System.nanoTime() - start) / PAUSE.toNanos();
  }

  private double computing() {
    long start = System.nanoTime();
    long used = threads.getCurrentThreadCpuTime();
    long computed = 0;
    while (computed < COMPUTING.toNanos()) {
      computed = threads.getCurrentThreadCpuTime() - used;
    }
    return (double) (System.nanoTime() - start) / computed;
  }

  private double flushing() throws IOException {
    long start = System.nanoTime();
    file.write(ByteBuffer.wrap(new byte[] {1}), 0);
    file.force(true);
    return (double) (System.nanoTime() - start) / FLUSH.toNanos();
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    file.close();
  }
}
