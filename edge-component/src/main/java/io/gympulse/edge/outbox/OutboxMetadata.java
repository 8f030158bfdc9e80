package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    Counts counts,
    long conflicts,
    long lastReserved,
    SequenceSet acknowledged,
    Boots boots,
    Optional<Stamp> alive,
    Optional<Sequence> firstWithoutWall) {
  private static final int RESERVED_AHEAD = 256;

  static OutboxMetadata empty(OutboxId id) {
    return new OutboxMetadata(
        id, Counts.ZERO, 0, 0, SequenceSet.EMPTY, Boots.NONE, Optional.empty(), Optional.empty());
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

  /// With this occurrence as the event of the next number.
  OutboxMetadata appended(Occurrence occurrence) {
    Optional<Sequence> without =
        firstWithoutWall.isPresent() || occurrence.hasWallTime()
            ? firstWithoutWall
            : Optional.of(nextSeq());
    return new OutboxMetadata(
        id, counts.appended(1), conflicts, lastReserved, acknowledged, boots, alive, without);
  }

  OutboxMetadata with(Counts it) {
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

  /// Whether it has no wall time and its boot's start can only be estimated.
  boolean needsEstimate(Occurrence occurrence) {
    return !occurrence.hasWallTime() && boots.endedUnsynchronised(boots.of(occurrence.stamp()));
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
      OutboxId newId, Counts it, long lastQuarantined, Optional<Sequence> without) {
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

  /// A set of sequence numbers; its cost grows with the number of runs, not of numbers.
  ///
  /// @param runs ascending, neither overlapping nor touching
  record SequenceSet(List<SeqRange> runs) {
    static final SequenceSet EMPTY = new SequenceSet(List.of());

    boolean isEmpty() {
      return runs.isEmpty();
    }

    long size() {
      return runs.stream().mapToLong(SeqRange::size).sum();
    }

    Optional<SeqRange> longest() {
      return runs.stream().max(Comparator.comparingLong(SeqRange::size));
    }

    boolean contains(long seq) {
      int low = 0;
      int high = runs.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        SeqRange run = runs.get(middle);
        if (seq < run.first().value()) {
          high = middle - 1;
        } else if (seq > run.last().value()) {
          low = middle + 1;
        } else {
          return true;
        }
      }
      return false;
    }

    SequenceSet with(SeqRange range) {
      List<SeqRange> result = new ArrayList<>(runs.size() + 1);
      long first = range.first().value();
      long last = range.last().value();
      int next = 0;
      while (next < runs.size() && runs.get(next).last().value() < first - 1) {
        result.add(runs.get(next++));
      }
      while (next < runs.size() && runs.get(next).first().value() <= last + 1) {
        first = Math.min(first, runs.get(next).first().value());
        last = Math.max(last, runs.get(next++).last().value());
      }
      result.add(SeqRange.of(first, last));
      result.addAll(runs.subList(next, runs.size()));
      return new SequenceSet(List.copyOf(result));
    }

    SequenceSet without(SeqRange range) {
      List<SeqRange> result = new ArrayList<>();
      for (SeqRange run : runs) {
        addPart(
            result, run.first().value(), Math.min(run.last().value(), range.first().value() - 1));
        addPart(
            result, Math.max(run.first().value(), range.last().value() + 1), run.last().value());
      }
      return new SequenceSet(List.copyOf(result));
    }

    /// The parts of a range that are not in the set, ascending.
    List<SeqRange> missingFrom(SeqRange range) {
      SequenceSet missing = new SequenceSet(List.of(range));
      for (SeqRange run : runs) {
        missing = missing.without(run);
      }
      return missing.runs;
    }

    private static void addPart(List<SeqRange> parts, long first, long last) {
      if (first <= last) {
        parts.add(SeqRange.of(first, last));
      }
    }
  }
}
