package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events to be sent again.
///
/// @param attempts how often they were sent before
record Retry(SeqRange range, BatchKind kind, int attempts) {

  /// Whether both can be sent in one batch. Parts of a bisected batch (attempts 0) stay apart.
  boolean canMergeWith(Retry next) {
    return attempts > 0
        && attempts == next.attempts
        && kind == next.kind
        && range.last().value() + 1 == next.range.first().value();
  }

  Retry merged(Retry next) {
    return part(new SeqRange(range.first(), next.range.last()));
  }

  Retry part(SeqRange part) {
    return new Retry(part, kind, attempts);
  }

  /// Events that the cloud rejected as retryable: they are sent after everything else.
  ///
  /// @param dueAt when to send them again, in monotonic nanoseconds
  record Deferred(Retry retry, long dueAt) {

    SeqRange range() {
      return retry.range();
    }

    boolean follows(SeqRange before) {
      return range().first().value() == before.last().value() + 1;
    }

    /// Both in one, this one after the other.
    Retry mergedAfter(Retry before) {
      SeqRange both = new SeqRange(before.range().first(), range().last());
      return new Retry(both, before.kind(), Math.max(before.attempts(), retry.attempts()));
    }

    Deferred part(SeqRange part) {
      return new Deferred(retry.part(part), dueAt);
    }
  }
}
