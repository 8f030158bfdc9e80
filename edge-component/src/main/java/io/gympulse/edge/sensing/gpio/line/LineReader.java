package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.GpioChips.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all requested lines of all chips on one thread, which runs while there are any.
///
/// The thread sleeps until an edge comes. If the kernel has lost edges, which shows as a gap in the
/// sequence, the levels are read at once; they are also read at regular intervals. If a chip fails,
/// only its own listeners lose their lines. Safe for several threads.
public final class LineReader {
  private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);

  private final GpioChips chips;
  private final Duration reconcileInterval;
  private final List<MonitoredLines> monitored = new ArrayList<>();
  private Optional<Run> running = Optional.empty();

  /// The thread and its waiter.
  private record Run(Thread thread, Waiter waiter) {}

  /// Is notified of levels. Called on the reader's thread: it must not block.
  public interface Listener {

    /// The line's level, first as it is at the start and then whenever it changes.
    ///
    /// @param age how long ago it changed; zero if it was found by reading the level
    void level(int line, boolean high, Duration age);

    /// The lines are lost; no more levels follow.
    void lost(LineException reason);
  }

  /// Lines that are being read.
  public interface Registration extends AutoCloseable {

    /// Releases the lines. Returns when they are free, or after two seconds if the listener blocks.
    /// Has no effect if called again.
    @Override
    void close();
  }

  /// @param reconcileInterval between two reads of the levels
  public LineReader(GpioChips chips, Duration reconcileInterval) {
    this.chips = chips;
    this.reconcileInterval = reconcileInterval;
  }

  /// Requests lines and starts to read them. The listener is notified of their first levels on this
  /// thread, before this returns.
  public Registration register(LineRequest request, Listener listener) throws LineException {
    MonitoredLines lines = new MonitoredLines(request, chips.request(request), listener);
    try {
      lines.start(chips.nanos());
      add(lines);
    } catch (LineException | RuntimeException e) {
      lines.release();
      throw e;
    }
    return () -> release(lines);
  }

  private synchronized void add(MonitoredLines lines) throws LineException {
    if (running.isPresent()) {
      monitored.add(lines);
      running.get().waiter().wake();
      return;
    }
    Waiter waiter = chips.waiter();
    monitored.add(lines);
    Thread thread = Thread.ofPlatform().daemon().name("gpio-lines").unstarted(() -> run(waiter));
    running = Optional.of(new Run(thread, waiter));
    thread.start();
  }

  private void release(MonitoredLines lines) {
    lines.cancel();
    synchronized (this) {
      if (running.isEmpty() || running.get().thread().equals(Thread.currentThread())) {
        return;
      }
      running.get().waiter().wake();
    }
    lines.awaitRelease();
  }

  private void run(Waiter waiter) {
    List<MonitoredLines> lines = active();
    while (!lines.isEmpty()) {
      runOnce(waiter, lines);
      lines = active();
    }
  }

  /// Releases cancelled lines and returns the others. If there are none, the thread ends and the
  /// next registration starts another one.
  private synchronized List<MonitoredLines> active() {
    monitored.stream().filter(MonitoredLines::cancelled).forEach(MonitoredLines::release);
    monitored.removeIf(MonitoredLines::released);
    if (monitored.isEmpty()) {
      running.ifPresent(it -> it.waiter().close());
      running = Optional.empty();
    }
    return List.copyOf(monitored);
  }

  private void runOnce(Waiter waiter, List<MonitoredLines> lines) {
    try {
      Set<LineHandle> ready =
          waiter.await(lines.stream().map(MonitoredLines::handle).toList(), untilDue(lines));
      lines.forEach(it -> read(it, ready.contains(it.handle())));
    } catch (LineException | RuntimeException e) {
      LOG.error("waiting for GPIO lines failed", e);
      lines.forEach(it -> it.lose(new LineException("cannot wait for GPIO lines: " + e)));
    }
  }

  private Duration untilDue(List<MonitoredLines> lines) {
    long now = chips.nanos();
    long nanos =
        lines.stream()
            .mapToLong(it -> it.nanosUntil(reconcileInterval, now))
            .min()
            .orElse(reconcileInterval.toNanos());
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private void read(MonitoredLines lines, boolean ready) {
    try {
      if (ready) {
        lines.readEdges(chips.nanos());
      }
      long now = chips.nanos();
      if (lines.nanosUntil(reconcileInterval, now) <= 0) {
        lines.reconcile(now);
      }
    } catch (LineException e) {
      lines.lose(e);
    } catch (RuntimeException e) {
      LOG.error("reading GPIO lines failed", e);
      lines.lose(new LineException("cannot read GPIO lines: " + e));
    }
  }
}
