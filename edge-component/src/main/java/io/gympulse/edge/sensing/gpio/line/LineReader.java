package io.gympulse.edge.sensing.gpio.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all taken lines of all chips on one thread, which runs while there are any.
///
/// The thread sleeps until an edge comes. An edge lost by the kernel shows as a gap in its count,
/// and the levels are asked for at once; they are asked for now and then in any case. Lines whose
/// chip fails are lost to their listener alone. Safe for several threads.
public final class LineReader {
  private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);

  private final GpioChips chips;
  private final Duration reconcileEvery;
  private final List<TakenLines> taken = new ArrayList<>();
  private Optional<Run> running = Optional.empty();

  /// The thread, and what it sleeps on.
  private record Run(Thread thread, Waiter waiter) {}

  /// Lines to be given back.
  public interface Taken extends AutoCloseable {

    /// Returns when the lines are free again, or after two seconds if the listener blocks. Harmless
    /// if called again.
    @Override
    void close();
  }

  /// @param reconcileEvery between two looks at the levels
  public LineReader(GpioChips chips, Duration reconcileEvery) {
    this.chips = chips;
    this.reconcileEvery = reconcileEvery;
  }

  /// Takes lines. The listener hears of their first levels before this returns, on this thread.
  public Taken take(LineRequest request, LineListener listener) throws LineException {
    TakenLines lines = new TakenLines(request, chips.take(request), listener);
    try {
      lines.begin(chips.nanos());
      add(lines);
    } catch (LineException | RuntimeException e) {
      lines.release();
      throw e;
    }
    return () -> giveBack(lines);
  }

  private synchronized void add(TakenLines lines) throws LineException {
    if (running.isPresent()) {
      taken.add(lines);
      running.get().waiter().wake();
      return;
    }
    Waiter waiter = chips.waiter();
    taken.add(lines);
    Thread thread = Thread.ofPlatform().daemon().name("gpio-lines").unstarted(() -> run(waiter));
    running = Optional.of(new Run(thread, waiter));
    thread.start();
  }

  private void giveBack(TakenLines lines) {
    lines.unwant();
    synchronized (this) {
      if (running.isEmpty() || running.get().thread().equals(Thread.currentThread())) {
        return;
      }
      running.get().waiter().wake();
    }
    lines.awaitRelease();
  }

  private void run(Waiter waiter) {
    List<TakenLines> lines = wanted();
    while (!lines.isEmpty()) {
      round(waiter, lines);
      lines = wanted();
    }
  }

  /// What is still to be read; without any, this thread has ended and the next one may begin.
  private synchronized List<TakenLines> wanted() {
    taken.stream().filter(TakenLines::unwanted).forEach(TakenLines::release);
    taken.removeIf(TakenLines::released);
    if (taken.isEmpty()) {
      running.ifPresent(it -> it.waiter().close());
      running = Optional.empty();
    }
    return List.copyOf(taken);
  }

  private void round(Waiter waiter, List<TakenLines> lines) {
    try {
      Set<HeldLines> ready =
          waiter.await(lines.stream().map(TakenLines::held).toList(), untilDue(lines));
      lines.forEach(it -> read(it, ready.contains(it.held())));
    } catch (LineException | RuntimeException e) {
      LOG.error("GPIO lines cannot be waited for", e);
      lines.forEach(it -> it.lose(new LineException("cannot wait for GPIO lines: " + e)));
    }
  }

  private Duration untilDue(List<TakenLines> lines) {
    long now = chips.nanos();
    long nanos =
        lines.stream()
            .mapToLong(it -> it.nanosUntil(reconcileEvery, now))
            .min()
            .orElse(reconcileEvery.toNanos());
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private void read(TakenLines lines, boolean ready) {
    try {
      if (ready) {
        lines.readEdges(chips.nanos());
      }
      long now = chips.nanos();
      if (lines.nanosUntil(reconcileEvery, now) <= 0) {
        lines.reconcile(now);
      }
    } catch (LineException e) {
      lines.lose(e);
    } catch (RuntimeException e) {
      LOG.error("GPIO lines cannot be read", e);
      lines.lose(new LineException("cannot read GPIO lines: " + e));
    }
  }
}
