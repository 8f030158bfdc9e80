package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;

/// Events that the cloud asked to be sent again later, behind everything else.
///
/// @param dueAt when to be sent again, in monotonic nanoseconds
record Parked(Repeat what, long dueAt) {

  SeqRange range() {
    return what.range();
  }

  boolean follows(SeqRange before) {
    return range().first().value() == before.last().value() + 1;
  }

  /// Both in one, this one behind the other.
  Repeat joined(Repeat before) {
    SeqRange both = new SeqRange(before.range().first(), range().last());
    return new Repeat(both, before.kind(), Math.max(before.attempts(), what.attempts()));
  }

  Parked only(SeqRange part) {
    return new Parked(new Repeat(part, what.kind(), what.attempts()), dueAt);
  }
}
