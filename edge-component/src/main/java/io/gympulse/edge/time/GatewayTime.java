package io.gympulse.edge.time;

import io.gympulse.contract.event.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The gateway's time line, and what it is by the wall.
///
/// The line starts at what the wall clock shows when this object is made, and from then on follows
/// the boot clock: whatever happens to the wall clock, it runs on evenly. A moment on it becomes a
/// [Stamp]; the stamp has a wall time only if the wall clock is synchronised when it is asked for.
/// What the clock showed before a correction of up to [#LARGEST_CORRECTION] stays in force for what
/// comes after: no moment gets a wall time before that of an earlier one. Safe for any number of
/// threads.
public final class GatewayTime implements InstantSource {
  /// Corrections up to here are followed only when they add up to more: stamps stay in order.
  static final Duration TOLERANCE = Duration.ofMillis(20);

  /// A clock that is set back further than this is believed, though times then run backwards.
  public static final Duration LARGEST_CORRECTION = Duration.ofSeconds(2);

  private static final int PAIRS = 3;

  private final BootClock boot;
  private final WallClock wall;
  private final Instant lineStart;
  private Optional<Instant> bootedAt = Optional.empty();
  private Optional<Correction> correction = Optional.empty();
  private Instant vouched = Instant.MIN;

  public GatewayTime(BootClock boot, WallClock wall) {
    this.boot = boot;
    this.wall = wall;
    this.lineStart = wall.read().at().minus(boot.sinceBoot()).truncatedTo(ChronoUnit.MILLIS);
  }

  public BootId boot() {
    return boot.boot();
  }

  /// The present moment on the time line.
  @Override
  public Instant instant() {
    return lineStart.plus(boot.sinceBoot());
  }

  /// When this boot began by the wall clock; empty while that is not synchronised.
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

  /// What came before a small correction backwards keeps the wall time of before.
  private void corrected(Instant before, Instant after) {
    boolean small = !after.plus(LARGEST_CORRECTION).isBefore(before);
    correction =
        after.isBefore(before) && small
            ? Optional.of(new Correction(before, instant()))
            : Optional.empty();
  }

  /// The stamp of a moment on the time line.
  public Stamp stamp(Instant onLine) {
    Optional<Stamp.Wall> known = wall(onLine).map(it -> new Stamp.Wall(it, TimeQuality.SYNCED));
    return new Stamp(boot.boot(), Duration.between(lineStart, onLine), known);
  }

  /// The wall time of a moment on the time line, if the wall clock is synchronised.
  public synchronized Optional<Instant> wall(Instant onLine) {
    return bootedAt().map(start -> notBeforeCorrection(start, onLine)).map(this::notBeforeVouched);
  }

  private Instant notBeforeCorrection(Instant start, Instant onLine) {
    Instant at = start.plus(sinceBoot(onLine));
    if (correction.isEmpty()) {
      return at;
    }
    Instant last = onLine.isBefore(correction.get().at()) ? onLine : correction.get().at();
    Instant before = correction.get().bootedAt().plus(sinceBoot(last));
    return at.isBefore(before) ? before : at;
  }

  /// The wall time up to which a durable mark vouches: its own, or what the clock makes of it now
  /// if that is earlier. No later moment will get an earlier one. Empty while the clock is not
  /// synchronised.
  ///
  /// @param mark of this boot
  public synchronized Optional<Instant> vouch(Stamp mark) {
    Optional<Instant> at =
        wall(onLine(mark))
            .map(it -> mark.wall().map(Stamp.Wall::at).filter(it::isAfter).orElse(it));
    vouched = at.filter(vouched::isBefore).orElse(vouched);
    return at;
  }

  /// An earlier process of this boot may have vouched up to this mark.
  public synchronized void vouchedBefore(Stamp mark) {
    vouched = mark.wall().map(Stamp.Wall::at).filter(vouched::isBefore).orElse(vouched);
  }

  /// What the wall clock makes of a moment on the time line, right or not: for showing it.
  public Instant shown(Instant onLine) {
    return wall(onLine).orElseGet(() -> sample().bootedAt().plus(sinceBoot(onLine)));
  }

  /// What the wall clock shows, right or not.
  public Instant shown() {
    return wall.read().at();
  }

  /// The place of a stamp on the time line. Of another boot only the wall time tells where that is;
  /// what cannot be told lies at the beginning of this boot.
  public Instant onLine(Stamp stamp) {
    if (stamp.boot().equals(boot.boot())) {
      return lineStart.plus(stamp.sinceBoot());
    }
    return stamp
        .wall()
        .map(it -> lineStart.plus(Duration.between(sample().bootedAt(), it.at())))
        .filter(lineStart::isAfter)
        .orElse(lineStart);
  }

  private Duration sinceBoot(Instant onLine) {
    return Duration.between(lineStart, onLine);
  }

  private Instant notBeforeVouched(Instant at) {
    boolean corrected =
        at.isBefore(vouched) && Duration.between(at, vouched).compareTo(LARGEST_CORRECTION) <= 0;
    return corrected ? vouched : at;
  }

  /// @param bootedAt when the boot began by the clock before it was corrected
  /// @param at when that was, on the time line
  private record Correction(Instant bootedAt, Instant at) {}

  private static boolean isClose(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }

  /// @param slack how far apart the two clocks may have been read
  private record Sample(Instant bootedAt, boolean synchronised, Duration slack) {}

  /// Both clocks are read at what counts as one moment: the process may lose the processor between
  /// the two readings, so the closest of several pairs is taken.
  private Sample sample() {
    Sample best = pair();
    for (int i = 1; i < PAIRS; i++) {
      Sample next = pair();
      best = next.slack().compareTo(best.slack()) < 0 ? next : best;
    }
    return best;
  }

  private Sample pair() {
    Duration before = boot.sinceBoot();
    WallClock.Reading reading = wall.read();
    Duration slack = boot.sinceBoot().minus(before);
    return new Sample(
        reading.at().minus(before.plus(slack.dividedBy(2))).truncatedTo(ChronoUnit.MILLIS),
        reading.synchronised(),
        slack);
  }
}
