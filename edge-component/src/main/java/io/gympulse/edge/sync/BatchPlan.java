package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// The next batch to send: as many waiting events of the range as fit, in order.
///
/// @param source where the range comes from, and so where its unsent rest goes back to
/// @param attempts how often these events were sent before
/// @param maxBytes the limit of the message's size
record BatchPlan(Source source, BatchKind kind, SeqRange range, int attempts, int maxBytes) {

  enum Source {
    LIVE,
    BACKLOG,
    RETRY,
    DEFERRED
  }
}
