package io.gympulse.edge.time;

import io.gympulse.contract.event.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The gateway's *timeline*, and its conversion to wall time.
///
/// The timeline starts at the wall time at which this object is created and then follows the boot
/// clock, so it runs evenly whatever happens to the wall clock. An instant on it becomes a [Stamp],
/// which has a wall time only if the wall clock is synchronised when the stamp is created. After a
/// correction of the wall clock by up to [#LARGEST_CORRECTION], no instant gets a wall time before
/// that of an earlier instant. Safe for any number of threads.
public final class GatewayTime implements InstantSource {
  /// Smaller corrections are applied only once they add up to more, so that stamps stay in order.
  static final Duration TOLERANCE = Duration.ofMillis(20);

  /// If the clock is set back further than this, wall times follow it and run backwards.
  public static final Duration LARGEST_CORRECTION = Duration.ofSeconds(2);

  private static final int PAIRS = 3;

  private final MachineClocks clocks;
  private final Instant timelineStart;
  private Optional<Instant> bootedAt = Optional.empty();
  private Optional<Correction> correction = Optional.empty();
  // The latest wall time that was announced as watermark.
  private Instant watermark = Instant.MIN;

  public GatewayTime(MachineClocks clocks) {
    this.clocks = clocks;
    this.timelineStart =
        clocks.readWall().at().minus(clocks.sinceBoot()).truncatedTo(ChronoUnit.MILLIS);
  }

  public BootId boot() {
    return clocks.boot();
  }

  /// The present instant on the timeline.
  @Override
  public Instant instant() {
    return timelineStart.plus(clocks.sinceBoot());
  }

  /// The start of this boot in wall time; empty while the wall clock is not synchronised.
  public synchronized Optional<Instant> bootedAt() {
    Sample sample = sample();
    if (!sample.synchronised()) {
      bootedAt = Optional.empty();
    } else if (bootedAt.filter(it -> isClose(it, sample.bootedAt())).isEmpty()) {
      bootedAt.ifPresent(before -> corrected(before, sample.bootedAt()));
      bootedAt = Optional.of(sample.bootedAt());
    }
    return bootedAt;
  }

  /// Instants before a small correction backwards keep their wall times.
  private void corrected(Instant before, Instant after) {
    boolean small = !after.plus(LARGEST_CORRECTION).isBefore(before);
    correction =
        after.isBefore(before) && small
            ? Optional.of(new Correction(before, instant()))
            : Optional.empty();
  }

  /// The stamp of an instant on the timeline.
  public Stamp stamp(Instant instant) {
    Optional<Stamp.Wall> known = wall(instant).map(it -> new Stamp.Wall(it, TimeQuality.SYNCED));
    return new Stamp(clocks.boot(), sinceBoot(instant), known);
  }

  /// The wall time of an instant on the timeline; empty while the wall clock is not synchronised.
  public synchronized Optional<Instant> wall(Instant instant) {
    return bootedAt()
        .map(start -> notBeforeCorrection(start, instant))
        .map(this::notBeforeWatermark);
  }

  private Instant notBeforeCorrection(Instant start, Instant instant) {
    Instant at = start.plus(sinceBoot(instant));
    if (correction.isEmpty()) {
      return at;
    }
    Instant last = instant.isBefore(correction.get().at()) ? instant : correction.get().at();
    Instant before = correction.get().bootedAt().plus(sinceBoot(last));
    return at.isBefore(before) ? before : at;
  }

  /// The wall time of the durable last-alive mark: as stamped, or as the clock converts it now if
  /// that is earlier. No later instant will get an earlier wall time. Empty while the clock is not
  /// synchronised.
  ///
  /// @param mark of this boot
  public synchronized Optional<Instant> watermark(Stamp mark) {
    Optional<Instant> at =
        wall(toTimeline(mark))
            .map(it -> mark.wall().map(Stamp.Wall::at).filter(it::isAfter).orElse(it));
    watermark = at.filter(watermark::isBefore).orElse(watermark);
    return at;
  }

  /// Restores the watermark that an earlier process of this boot may have announced.
  public synchronized void restoreWatermark(Stamp mark) {
    watermark = mark.wall().map(Stamp.Wall::at).filter(watermark::isBefore).orElse(watermark);
  }

  /// The wall time of an instant on the timeline by the wall clock as it is, synchronised or not.
  public Instant displayedWall(Instant instant) {
    return wall(instant).orElseGet(() -> sample().bootedAt().plus(sinceBoot(instant)));
  }

  /// The wall clock as it is, synchronised or not.
  public Instant displayedWall() {
    return clocks.readWall().at();
  }

  /// The instant of a stamp on the timeline. A stamp of another boot is placed by its wall time, or
  /// else at the start of this boot, and in any case not later than that.
  public Instant toTimeline(Stamp stamp) {
    if (stamp.boot().equals(clocks.boot())) {
      return timelineStart.plus(stamp.sinceBoot());
    }
    return stamp
        .wall()
        .map(it -> timelineStart.plus(Duration.between(sample().bootedAt(), it.at())))
        .filter(timelineStart::isAfter)
        .orElse(timelineStart);
  }

  private Duration sinceBoot(Instant instant) {
    return Duration.between(timelineStart, instant);
  }

  private Instant notBeforeWatermark(Instant at) {
    boolean corrected =
        at.isBefore(watermark)
            && Duration.between(at, watermark).compareTo(LARGEST_CORRECTION) <= 0;
    return corrected ? watermark : at;
  }

  /// @param bootedAt start of the boot by the clock before its correction
  /// @param at when it was corrected, on the timeline
  private record Correction(Instant bootedAt, Instant at) {}

  private static boolean isClose(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }

  /// @param slack upper bound of the time between reading the two clocks
  private record Sample(Instant bootedAt, boolean synchronised, Duration slack) {}

  /// Reads both clocks as simultaneously as possible: the process may be preempted between the two
  /// readings, so the pair with the least slack of several is taken.
  private Sample sample() {
    Sample best = pair();
    for (int i = 1; i < PAIRS; i++) {
      Sample next = pair();
      best = next.slack().compareTo(best.slack()) < 0 ? next : best;
    }
    return best;
  }

  private Sample pair() {
    Duration before = clocks.sinceBoot();
    MachineClocks.WallReading reading = clocks.readWall();
    Duration slack = clocks.sinceBoot().minus(before);
    return new Sample(
        reading.at().minus(before.plus(slack.dividedBy(2))).truncatedTo(ChronoUnit.MILLIS),
        reading.synchronised(),
        slack);
  }
}
