package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.Optional;

/// The state of an outbox beside its events. Immutable: to undo a transaction, the value from
/// before it is used again.
///
/// @param conflicts quarantined events whose numbers are in use in the cloud's store
/// @param lastReserved the last number that may have been sent
/// @param acknowledged acknowledged numbers whose events are not deleted yet
/// @param alive the last alive mark
/// @param firstWithoutWall the first event without wall time, if there is one
record OutboxMetadata(
    OutboxId id,
    OutboxCounts counts,
    long conflicts,
    long lastReserved,
    SequenceSet acknowledged,
    Boots boots,
    Optional<Stamp> alive,
    Optional<Sequence> firstWithoutWall) {
  private static final int RESERVED_AHEAD = 256;

  static OutboxMetadata empty(OutboxId id) {
    return new OutboxMetadata(
        id,
        OutboxCounts.ZERO,
        0,
        0,
        SequenceSet.EMPTY,
        Boots.NONE,
        Optional.empty(),
        Optional.empty());
  }

  long lastReady() {
    return firstWithoutWall.map(it -> it.value() - 1).orElse(counts.recorded());
  }

  /// The last number that may have been sent and was assigned to an event with wall time.
  long lastSendable() {
    return Math.min(lastReserved, lastReady());
  }

  boolean hasConflict() {
    return conflicts > 0;
  }

  Optional<Stamp> lastAlive() {
    return boots.resolved(alive);
  }

  Sequence nextSeq() {
    return new Sequence(counts.recorded() + 1);
  }

  OutboxMetadata appended(QueuedEvent event) {
    Optional<Sequence> without =
        firstWithoutWall.isPresent() || event.hasWallTime()
            ? firstWithoutWall
            : Optional.of(event.seq());
    return new OutboxMetadata(
        id, counts.appended(1), conflicts, lastReserved, acknowledged, boots, alive, without);
  }

  OutboxMetadata with(OutboxCounts it) {
    return new OutboxMetadata(
        id, it, conflicts, lastReserved, acknowledged, boots, alive, firstWithoutWall);
  }

  OutboxMetadata withAcknowledged(SequenceSet it) {
    return new OutboxMetadata(
        id, counts, conflicts, lastReserved, it, boots, alive, firstWithoutWall);
  }

  OutboxMetadata withConflicts(long it) {
    return new OutboxMetadata(
        id, counts, it, lastReserved, acknowledged, boots, alive, firstWithoutWall);
  }

  OutboxMetadata with(Boots it) {
    return it.equals(boots) ? this : restamped(it, firstWithoutWall);
  }

  OutboxMetadata restamped(Boots it, Optional<Sequence> without) {
    return new OutboxMetadata(
        id, counts, conflicts, lastReserved, acknowledged, it, alive, without);
  }

  /// With what a stamp says of its boot: that it exists, and when it began if the stamp was taken
  /// on a synchronised clock.
  OutboxMetadata observing(Stamp stamp) {
    return with(
        newBootTime(stamp)
            .map(it -> boots.withStart(stamp.boot(), it))
            .orElseGet(() -> boots.including(stamp.boot())));
  }

  /// When the stamp's boot began, if the stamp gives it and it is not known yet.
  Optional<Instant> newBootTime(Stamp stamp) {
    return stamp
        .wall()
        .filter(it -> it.quality() == TimeQuality.SYNCED && !boots.hasStart(stamp.boot()))
        .map(it -> it.at().minus(stamp.sinceBoot()));
  }

  /// Whether the event has no wall time and its boot's start can only be estimated.
  boolean needsEstimate(QueuedEvent event) {
    return !event.hasWallTime() && boots.endedUnsynchronised(boots.of(event.occurrence().stamp()));
  }

  OutboxMetadata quarantined(Sequence seq, String reason) {
    long more = Quarantine.QuarantinedEvent.isConflict(reason) ? 1 : 0;
    return sent(SeqRange.of(seq)).with(counts.quarantined(1)).withConflicts(conflicts + more);
  }

  /// The metadata of a new outbox with the same events under new numbers.
  ///
  /// @param lastQuarantined the last quarantined event by its new number, 0 for none: events up to
  ///     it are not coalesced, as no summary can stand for its number
  /// @param without the first event without wall time, by its new number
  OutboxMetadata renumbered(
      OutboxId newId, OutboxCounts it, long lastQuarantined, Optional<Sequence> without) {
    return new OutboxMetadata(
        newId, it, 0, lastQuarantined, SequenceSet.EMPTY, boots, alive, without);
  }

  /// The events of the range were sent, whether they had been reserved or not.
  OutboxMetadata sent(SeqRange range) {
    return reservedTo(Math.min(range.last().value(), counts.recorded()));
  }

  /// Reserved at least up to this number, with some more so that a reservation is rarely needed.
  OutboxMetadata reservedAtLeast(Sequence last) {
    long needed = Math.min(last.value(), counts.recorded());
    return needed <= lastReserved ? this : reservedTo(needed + RESERVED_AHEAD);
  }

  private OutboxMetadata reservedTo(long last) {
    return last <= lastReserved
        ? this
        : new OutboxMetadata(
            id, counts, conflicts, last, acknowledged, boots, alive, firstWithoutWall);
  }

  /// With the alive mark at this moment, unless it is there or later already.
  OutboxMetadata aliveAt(Stamp at) {
    Boots known = boots.including(at.boot());
    if (alive.isPresent() && !known.isLater(at, alive.get())) {
      return with(known);
    }
    Boots moved = known.with(known.of(at).lastingAtLeast(at.sinceBoot()));
    return new OutboxMetadata(
        id,
        counts,
        conflicts,
        lastReserved,
        acknowledged,
        moved,
        Optional.of(at),
        firstWithoutWall);
  }
}
