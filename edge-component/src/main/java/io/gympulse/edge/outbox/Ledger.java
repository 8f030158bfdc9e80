package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.Optional;

/// What an outbox knows beside its events. Immutable, so that what a failed transaction did to it
/// is undone by forgetting it.
///
/// @param reserved the last number that may have been sent
/// @param noted numbers acknowledged whose events are not removed yet
/// @param firstWithoutWall the first event without wall time, if there is one
record Ledger(
    OutboxCounts counts,
    long reserved,
    SeqSet noted,
    Boots boots,
    Optional<Stamp> alive,
    Optional<Sequence> firstWithoutWall) {
  private static final int RESERVED_AHEAD = 256;

  static final Ledger EMPTY =
      new Ledger(
          new OutboxCounts(0, 0, 0, 0),
          0,
          SeqSet.EMPTY,
          Boots.NONE,
          Optional.empty(),
          Optional.empty());

  long ready() {
    return firstWithoutWall.map(it -> it.value() - 1).orElse(counts.recorded());
  }

  Optional<Stamp> lastAlive() {
    return boots.resolved(alive);
  }

  Sequence next() {
    return new Sequence(counts.recorded() + 1);
  }

  Ledger appended(HeldEvent event) {
    Optional<Sequence> without =
        firstWithoutWall.isPresent() || event.isFinal()
            ? firstWithoutWall
            : Optional.of(event.seq());
    return new Ledger(counts.appended(1), reserved, noted, boots, alive, without);
  }

  Ledger with(OutboxCounts it) {
    return new Ledger(it, reserved, noted, boots, alive, firstWithoutWall);
  }

  Ledger with(SeqSet it) {
    return new Ledger(counts, reserved, it, boots, alive, firstWithoutWall);
  }

  Ledger with(Boots it) {
    return it.equals(boots)
        ? this
        : new Ledger(counts, reserved, noted, it, alive, firstWithoutWall);
  }

  Ledger restamped(Boots settled, Optional<Sequence> without) {
    return new Ledger(counts, reserved, noted, settled, alive, without);
  }

  /// Takes in what a stamp tells of its boot: that it was, and when it began if the stamp was taken
  /// on a synchronised clock.
  Ledger hearing(Stamp stamp) {
    return with(
        toldBy(stamp)
            .map(it -> boots.begun(stamp.boot(), it))
            .orElseGet(() -> boots.including(stamp.boot())));
  }

  /// When the stamp's boot began, if that is news.
  Optional<Instant> toldBy(Stamp stamp) {
    return stamp
        .wall()
        .filter(it -> it.quality() == TimeQuality.SYNCED && !boots.started(stamp.boot()))
        .map(it -> it.at().minus(stamp.sinceBoot()));
  }

  /// Whether an event came whose boot will never be told of any more.
  boolean stranded(HeldEvent event) {
    return !event.isFinal() && boots.bygone(boots.of(event.occurrence().stamp()));
  }

  /// Of a new outbox.
  ///
  /// @param lastApart the last event that is kept apart, by its new number, 0 for none: as in any
  ///     outbox, no event up to it is coalesced, as none can answer for its number
  /// @param without the first event without wall time, by its new number
  Ledger renewed(OutboxCounts it, long lastApart, Optional<Sequence> without) {
    return new Ledger(it, lastApart, SeqSet.EMPTY, boots, alive, without);
  }

  /// What is in the ranges was sent, whether that had been reserved or not.
  Ledger sent(SeqRange range) {
    return reservedTo(Math.min(range.last().value(), counts.recorded()));
  }

  /// Reserved at least to there. Each step goes on beyond, so that it is rarely needed.
  Ledger reservedAround(Sequence last) {
    long needed = Math.min(last.value(), counts.recorded());
    return needed <= reserved ? this : reservedTo(needed + RESERVED_AHEAD);
  }

  private Ledger reservedTo(long last) {
    return last <= reserved
        ? this
        : new Ledger(counts, last, noted, boots, alive, firstWithoutWall);
  }

  /// The mark moves to this moment unless it is there or beyond already.
  Ledger aliveAt(Stamp at) {
    Boots known = boots.including(at.boot());
    if (alive.isPresent() && !known.later(at, alive.get())) {
      return with(known);
    }
    Boots moved = known.with(known.of(at).reaching(at.sinceBoot()));
    return new Ledger(counts, reserved, noted, moved, Optional.of(at), firstWithoutWall);
  }
}
