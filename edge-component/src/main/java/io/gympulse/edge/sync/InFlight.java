package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that were sent and not yet answered for: a batch, or live batches that adjoin.
///
/// @param range from the first event's number to the last one's
/// @param standsFor that, and the numbers that the first event answers for before its own
/// @param source where they came from
/// @param attempts how often they were sent before
/// @param sentAt and
/// @param dueAt monotonic nanoseconds: when sent, and when to be sent again
record InFlight(
    SeqRange range,
    SeqRange standsFor,
    Plan.Source source,
    BatchKind kind,
    int attempts,
    int bytes,
    long sentAt,
    long dueAt) {

  /// Whether both are runs of live events that adjoin, sent for the first time within the same
  /// second: one entry does for both. An event that answers for numbers of others stays alone, as a
  /// refusal names those too.
  boolean adjoins(InFlight next) {
    return source == Plan.Source.LIVE
        && next.source == Plan.Source.LIVE
        && kind == next.kind
        && range.last().value() + 1 == next.range.first().value()
        && range.equals(standsFor)
        && next.range.equals(next.standsFor)
        && Math.floorDiv(sentAt, SyncSettings.RUN_NANOS)
            == Math.floorDiv(next.sentAt, SyncSettings.RUN_NANOS);
  }

  /// Both in one. It is due when the later of them is: nothing is repeated early.
  InFlight joined(InFlight next) {
    SeqRange both = new SeqRange(range.first(), next.range.last());
    return new InFlight(
        both,
        both,
        source,
        kind,
        attempts,
        bytes + next.bytes,
        Math.max(sentAt, next.sentAt),
        Math.max(dueAt, next.dueAt));
  }

  /// What is left of it. While its first event is, that one still answers for the same numbers.
  InFlight only(SeqRange part) {
    if (part.equals(range)) {
      return this;
    }
    boolean begins = part.first().equals(range.first());
    SeqRange answersFor = begins ? new SeqRange(standsFor.first(), part.last()) : part;
    int share = (int) (bytes * part.size() / range.size());
    return new InFlight(part, answersFor, source, kind, attempts, share, sentAt, dueAt);
  }

  /// Whether it takes the room of the past.
  boolean behind() {
    return !parked() && (kind == BatchKind.BACKLOG || attempts > 0);
  }

  boolean parked() {
    return source == Plan.Source.PARKED;
  }

  Repeat again() {
    return new Repeat(range, kind, attempts + 1);
  }

  /// Whether an answer about this range can be about this very batch if that is one event, and not
  /// about a larger one that the event was part of before.
  boolean isMeantBy(SeqRange answered) {
    return range.size() > 1 || answered.size() == 1 || answered.equals(standsFor);
  }

  InFlight dueAt(long nanos) {
    return new InFlight(range, standsFor, source, kind, attempts, bytes, sentAt, nanos);
  }
}
