package io.gympulse.edge.sensing.gpio.line;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request's lines, what is known of them and who hears of it. Touched by the reader's thread
/// only, once it has been handed over.
final class TakenLines {
  private static final Logger LOG = LoggerFactory.getLogger(TakenLines.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final LineRequest request;
  private final Map<Integer, Integer> places;
  private final HeldLines held;
  private final LineListener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean unwanted;
  private LineLevels levels = new LineLevels(0, 0);
  private long foundAt;

  TakenLines(LineRequest request, HeldLines held, LineListener listener) {
    this.request = request;
    this.places = request.places();
    this.held = held;
    this.listener = listener;
  }

  HeldLines held() {
    return held;
  }

  /// Tells every line's first level.
  void begin(long now) throws LineException {
    levels = levels.found(held.levels());
    foundAt = now;
    List<LineSetup> lines = request.lines();
    for (int i = 0; i < lines.size(); i++) {
      listener.level(lines.get(i).line(), levels.isHigh(i), Duration.ZERO);
    }
  }

  /// Tells what is queued. Where edges were lost, the levels are asked for at once.
  void readEdges(long now) throws LineException {
    boolean lost = false;
    for (Edge edge : held.edges()) {
      Integer place = places.get(edge.line());
      if (place != null) {
        LineLevels.Step step = levels.edge(place, edge);
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

  private static Duration age(Edge edge, long now) {
    return Duration.ofNanos(Math.max(0, now - edge.nanos()));
  }

  /// Tells what differs from what was known. Edges still queued lead to the same levels.
  void reconcile(long now) throws LineException {
    LineLevels found = levels.found(held.levels());
    long different = found.high() ^ levels.high();
    levels = found;
    foundAt = now;
    List<LineSetup> lines = request.lines();
    for (int i = 0; i < lines.size(); i++) {
      if ((different >>> i & 1) == 1) {
        listener.level(lines.get(i).line(), found.isHigh(i), Duration.ZERO);
      }
    }
  }

  /// How long until the levels are to be asked for again.
  long nanosUntil(Duration interval, long now) {
    return foundAt + interval.toNanos() - now;
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
    held.close();
    closed.countDown();
  }

  void unwant() {
    unwanted = true;
  }

  boolean unwanted() {
    return unwanted;
  }

  boolean released() {
    return closed.getCount() == 0;
  }

  void awaitRelease() {
    try {
      var _ = closed.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
