package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// A batch to be sent next: as many waiting events of the range as fit, in order.
///
/// @param source where the range came from, and so where its rest goes back to
/// @param attempts how often these events were sent before
/// @param maxBytes the most the message may take
record Plan(Source source, BatchKind kind, SeqRange range, int attempts, int maxBytes) {

  enum Source {
    LIVE,
    BACKLOG,
    REPEAT,
    PARKED
  }
}
