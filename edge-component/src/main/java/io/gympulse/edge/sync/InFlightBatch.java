package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that were sent and are not acknowledged yet: a batch, or several adjoining live batches.
///
/// @param range from the first event's number to the last one's
/// @param standsFor the range with the numbers that the first event's summary stands for
/// @param source where they came from
/// @param attempts how often they were sent before
/// @param sentAt when they were sent, in monotonic nanoseconds
/// @param dueAt when they are sent again, in monotonic nanoseconds
record InFlightBatch(
    SeqRange range,
    SeqRange standsFor,
    BatchPlan.Source source,
    BatchKind kind,
    int attempts,
    int bytes,
    long sentAt,
    long dueAt) {

  /// Whether both are adjoining live events, sent for the first time within the same second, so
  /// that one entry can hold both. An event with a summary stays alone, as a rejection names the
  /// numbers that it stands for, too.
  boolean canMergeWith(InFlightBatch next) {
    return source == BatchPlan.Source.LIVE
        && next.source == BatchPlan.Source.LIVE
        && kind == next.kind
        && range.last().value() + 1 == next.range.first().value()
        && range.equals(standsFor)
        && next.range.equals(next.standsFor)
        && Math.floorDiv(sentAt, SyncSettings.RUN_NANOS)
            == Math.floorDiv(next.sentAt, SyncSettings.RUN_NANOS);
  }

  /// Both in one, due when the later of them is, so that nothing is sent again early.
  InFlightBatch merged(InFlightBatch next) {
    SeqRange both = new SeqRange(range.first(), next.range.last());
    return new InFlightBatch(
        both,
        both,
        source,
        kind,
        attempts,
        bytes + next.bytes,
        Math.max(sentAt, next.sentAt),
        Math.max(dueAt, next.dueAt));
  }

  /// A part of the events. If the first event is in it, that one's summary stands for the same
  /// numbers as before.
  InFlightBatch part(SeqRange part) {
    if (part.equals(range)) {
      return this;
    }
    boolean begins = part.first().equals(range.first());
    SeqRange stands = begins ? new SeqRange(standsFor.first(), part.last()) : part;
    int share = (int) (bytes * part.size() / range.size());
    return new InFlightBatch(part, stands, source, kind, attempts, share, sentAt, dueAt);
  }

  /// Whether it counts against the window of the backlog.
  boolean isBacklog() {
    return !isDeferred() && (kind == BatchKind.BACKLOG || attempts > 0);
  }

  boolean isDeferred() {
    return source == BatchPlan.Source.DEFERRED;
  }

  Retry retry() {
    return new Retry(range, kind, attempts + 1);
  }

  /// Whether a rejection of this range can mean this batch. If it is a single event, the rejection
  /// of a larger batch that it was part of before does not mean it.
  boolean canBeMeantBy(SeqRange rejected) {
    return range.size() > 1 || rejected.size() == 1 || rejected.equals(standsFor);
  }

  InFlightBatch withDueAt(long nanos) {
    return new InFlightBatch(range, standsFor, source, kind, attempts, bytes, sentAt, nanos);
  }
}
