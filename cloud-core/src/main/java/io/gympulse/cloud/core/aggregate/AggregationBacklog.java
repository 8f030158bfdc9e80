package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The windows of a gateway that aggregation has not computed yet: covered time without results,
/// and dirty windows, which late events changed after they were computed. Immutable.
///
/// @param computed the coverage as of the last aggregation
/// @param dirty dirty windows, each with the version at which it was last marked. A window is
///     cleared only if its version is the one that was read before it was computed
/// @param version counts the markings. A number is never used again, so that a window which was
///     cleared and marked anew is not mistaken for the earlier marking
public record AggregationBacklog(
    Coverage computed, NavigableMap<DirtyWindow, Long> dirty, long version) {
  /// How long after its end a window that is not covered to its end is waited for.
  public static final Duration PATIENCE = Duration.ofMinutes(20);

  public static final AggregationBacklog NONE =
      new AggregationBacklog(Coverage.NONE, new TreeMap<>(), 0);

  public AggregationBacklog {
    dirty = Collections.unmodifiableNavigableMap(new TreeMap<>(dirty));
  }

  /// A category's window that has to be computed again.
  public record DirtyWindow(CategoryId category, Window window) implements Comparable<DirtyWindow> {
    private static final Comparator<DirtyWindow> ORDER =
        Comparator.comparing(DirtyWindow::window).thenComparing(it -> it.category().value());

    @Override
    public int compareTo(DirtyWindow other) {
      return ORDER.compare(this, other);
    }
  }

  /// The windows that aggregation has to compute now, and what it may clear afterwards.
  ///
  /// @param wholeGym windows to compute for every category of the gateway's gym
  /// @param dirty single categories' windows with the versions that were read. Those of `wholeGym`
  ///     windows are included, so that they are cleared with them
  /// @param computed the coverage that is computed once these windows are, beside what was before
  public record DueWindows(
      NavigableSet<Window> wholeGym, NavigableMap<DirtyWindow, Long> dirty, Coverage computed) {
    public DueWindows {
      wholeGym = Collections.unmodifiableNavigableSet(new TreeSet<>(wholeGym));
      dirty = Collections.unmodifiableNavigableMap(new TreeMap<>(dirty));
    }

    /// Counted per gym or, if only marked dirty, per category, as
    /// [AggregationBacklog#dueWindows] counts all.
    public long windows() {
      return (long) wholeGym.size() + dirty.size();
    }

    public boolean isEmpty() {
      return wholeGym.isEmpty() && dirty.isEmpty();
    }
  }

  /// Marks the windows dirty; all of them get the same version.
  public AggregationBacklog markDirty(Collection<DirtyWindow> windows) {
    NavigableMap<DirtyWindow, Long> more = new TreeMap<>(dirty);
    windows.forEach(it -> more.put(it, version + 1));
    return new AggregationBacklog(computed, more, version + 1);
  }

  /// Drops what is computed of outboxes that the coverage does not contain any more.
  public AggregationBacklog retainOutboxes(Coverage coverage) {
    Coverage left = computed.retainOutboxes(coverage);
    return left.equals(computed) ? this : new AggregationBacklog(left, dirty, version);
  }

  /// All windows that can be computed now: covered to their end, or ended longer ago than
  /// [#PATIENCE]. Covered time outside the horizon is left as it is; dirty windows outside of it
  /// are returned so that they are cleared.
  public DueWindows due(Coverage coverage, Horizon horizon) {
    return due(coverage, horizon, Integer.MAX_VALUE);
  }

  /// The oldest part of the due windows; the rest is due once this part is completed. The cost
  /// grows with `most`, not with the time that the coverage claims.
  ///
  /// @param most how many windows at most. Time that was found to be covered before what is
  ///     computed already adds as many again, latest first
  public DueWindows due(Coverage coverage, Horizon horizon, int most) {
    List<Interval> covered = horizon.of(coverage);
    Optional<Instant> watermark = watermark(covered);
    UncomputedSpans spans =
        UncomputedSpans.between(computed, covered, it -> dueTo(it, watermark, horizon.now()));
    NavigableMap<DirtyWindow, Long> dueDirty = dueDirty(watermark, horizon.now());
    NavigableSet<Window> first = new TreeSet<>();
    spans.windowsAhead().ascending().limit(most + 1L).forEach(first::add);
    dueDirty.keySet().stream()
        .map(DirtyWindow::window)
        .filter(horizon::contains)
        .distinct()
        .limit(most + 1L)
        .forEach(first::add);
    Instant end = first.stream().skip(most).findFirst().map(Window::start).orElse(Instant.MAX);
    UncomputedSpans portion = spans.upTo(end, most);
    return new DueWindows(
        new TreeSet<>(portion.windows().ascending().toList()),
        endingBy(dueDirty, end),
        portion.coverage());
  }

  /// The number of windows that can be computed now, counted per gym or, if only marked dirty, per
  /// category.
  public long dueWindows(Coverage coverage, Horizon horizon) {
    List<Interval> covered = horizon.of(coverage);
    Optional<Instant> watermark = watermark(covered);
    return UncomputedSpans.between(computed, covered, it -> dueTo(it, watermark, horizon.now()))
            .windows()
            .count()
        + dueDirty(watermark, horizon.now()).size();
  }

  private static Optional<Instant> watermark(List<Interval> covered) {
    return covered.stream().map(Interval::to).max(Comparator.naturalOrder());
  }

  /// If a window is due, so are all before it.
  private NavigableMap<DirtyWindow, Long> dueDirty(Optional<Instant> watermark, Instant now) {
    return dirty.keySet().stream()
        .filter(it -> !isDue(it.window(), watermark, now))
        .findFirst()
        .map(it -> dirty.headMap(it, false))
        .orElse(dirty);
  }

  private static NavigableMap<DirtyWindow, Long> endingBy(
      NavigableMap<DirtyWindow, Long> windows, Instant end) {
    return windows.keySet().stream()
        .filter(it -> it.window().end().isAfter(end))
        .findFirst()
        .map(it -> windows.headMap(it, false))
        .orElse(windows);
  }

  private static Instant dueTo(Interval interval, Optional<Instant> watermark, Instant now) {
    Window last = Window.of(interval.to().minusNanos(1));
    return isDue(last, watermark, now) ? interval.to() : last.start();
  }

  private static boolean isDue(Window window, Optional<Instant> watermark, Instant now) {
    return watermark.filter(it -> !window.end().isAfter(it)).isPresent()
        || !window.end().plus(PATIENCE).isAfter(now);
  }

  /// The backlog after all windows of `done` were computed and stored.
  public AggregationBacklog completed(DueWindows done) {
    NavigableMap<DirtyWindow, Long> left = new TreeMap<>(dirty);
    done.dirty().forEach(left::remove);
    return new AggregationBacklog(computed.join(done.computed()), left, version);
  }
}
