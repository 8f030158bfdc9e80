package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that were sent and not yet answered for.
///
/// @param attempts how often they were sent before
/// @param sentAt and
/// @param dueAt monotonic nanoseconds: when sent, and when to be sent again
record InFlight(SeqRange range, BatchKind kind, int attempts, int bytes, long sentAt, long dueAt) {

  InFlight only(SeqRange part) {
    int share = (int) (bytes * part.size() / range.size());
    return new InFlight(part, kind, attempts, share, sentAt, dueAt);
  }

  InFlight dueAt(long nanos) {
    return new InFlight(range, kind, attempts, bytes, sentAt, nanos);
  }
}
