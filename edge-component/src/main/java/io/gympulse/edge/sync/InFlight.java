package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that were sent and not yet answered for.
///
/// @param range from the first event's number to the last one's
/// @param standsFor that, and the numbers that the first event answers for before its own
/// @param attempts how often they were sent before
/// @param sentAt and
/// @param dueAt monotonic nanoseconds: when sent, and when to be sent again
record InFlight(
    SeqRange range,
    SeqRange standsFor,
    BatchKind kind,
    int attempts,
    int bytes,
    long sentAt,
    long dueAt) {

  InFlight only(SeqRange part) {
    int share = (int) (bytes * part.size() / range.size());
    return new InFlight(part, part, kind, attempts, share, sentAt, dueAt);
  }

  /// Whether an answer about this range can be about this very batch if that is one event, and not
  /// about a larger one that the event was part of before.
  boolean isMeantBy(SeqRange answered) {
    return range.size() > 1 || answered.size() == 1 || answered.equals(standsFor);
  }

  InFlight dueAt(long nanos) {
    return new InFlight(range, standsFor, kind, attempts, bytes, sentAt, nanos);
  }
}
