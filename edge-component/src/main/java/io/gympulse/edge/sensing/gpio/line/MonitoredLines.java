package io.gympulse.edge.sensing.gpio.line;

import io.gympulse.edge.sensing.gpio.line.GpioChips.EdgeEvent;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineHandle;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines of one request, their levels and their listener. Used by the reader's thread only,
/// once registered, except for [#cancel] and [#awaitRelease].
final class MonitoredLines {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoredLines.class);
  private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(2);

  private final LineRequest request;
  private final Map<Integer, Integer> indexes;
  private final LineHandle handle;
  private final LineReader.Listener listener;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean cancelled;
  private LineLevels levels = new LineLevels(0, 0);
  private long reconciledAt;

  /// The known levels of up to 64 lines. Immutable.
  ///
  /// @param high bit i is set if the i-th line is high
  /// @param sequence of the last edge read; 0 before the first
  record LineLevels(long high, long sequence) {
    private static final long SEQUENCE_MASK = 0xFFFF_FFFFL;

    /// @param changed whether the line's level differs from the known one
    /// @param lost whether edges before this one were lost
    record Step(LineLevels next, boolean changed, boolean lost) {}

    Step edge(int index, EdgeEvent edge) {
      long bit = 1L << index;
      long after = edge.high() ? high | bit : high & ~bit;
      boolean lost = edge.sequence() != ((sequence + 1) & SEQUENCE_MASK);
      return new Step(new LineLevels(after, edge.sequence()), after != high, lost);
    }

    LineLevels withHigh(long levels) {
      return new LineLevels(levels, sequence);
    }

    boolean isHigh(int index) {
      return (high >>> index & 1) == 1;
    }
  }

  MonitoredLines(LineRequest request, LineHandle handle, LineReader.Listener listener) {
    this.request = request;
    this.indexes = request.indexes();
    this.handle = handle;
    this.listener = listener;
  }

  LineHandle handle() {
    return handle;
  }

  /// Notifies the listener of every line's first level.
  void start(long now) throws LineException {
    levels = levels.withHigh(handle.levels());
    reconciledAt = now;
    List<LineSettings> lines = request.lines();
    for (int i = 0; i < lines.size(); i++) {
      listener.level(lines.get(i).line(), levels.isHigh(i), Duration.ZERO);
    }
  }

  /// Processes the queued edges. If edges were lost, the levels are read at once.
  void readEdges(long now) throws LineException {
    boolean lost = false;
    for (EdgeEvent edge : handle.edges()) {
      Integer index = indexes.get(edge.line());
      if (index != null) {
        LineLevels.Step step = levels.edge(index, edge);
        levels = step.next();
        lost |= step.lost();
        if (step.changed()) {
          listener.level(edge.line(), edge.high(), age(edge, now));
        }
      }
    }
    if (lost) {
      reconcile(now);
    }
  }

  private static Duration age(EdgeEvent edge, long now) {
    return Duration.ofNanos(Math.max(0, now - edge.nanos()));
  }

  /// Reads the levels and notifies the listener of differences. Edges that are still queued lead to
  /// the same levels.
  void reconcile(long now) throws LineException {
    LineLevels read = levels.withHigh(handle.levels());
    long different = read.high() ^ levels.high();
    levels = read;
    reconciledAt = now;
    List<LineSettings> lines = request.lines();
    for (int i = 0; i < lines.size(); i++) {
      if ((different >>> i & 1) == 1) {
        listener.level(lines.get(i).line(), read.isHigh(i), Duration.ZERO);
      }
    }
  }

  /// How long until the levels are to be read again.
  long nanosUntil(Duration interval, long now) {
    return reconciledAt + interval.toNanos() - now;
  }

  void lose(LineException reason) {
    release();
    try {
      listener.lost(reason);
    } catch (RuntimeException e) {
      LOG.error("a listener of GPIO lines failed", e);
    }
  }

  void release() {
    handle.close();
    released.countDown();
  }

  /// Asks the reader's thread to release the lines. For any thread.
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean released() {
    return released.getCount() == 0;
  }

  void awaitRelease() {
    try {
      var _ = released.await(RELEASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
