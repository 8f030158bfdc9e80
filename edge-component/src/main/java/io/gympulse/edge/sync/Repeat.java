package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;

/// Events that are to be sent again as soon as there is room.
record Repeat(SeqRange range, BatchKind kind, int attempts) {

  /// Whether both can be sent as one: what was refused and divided (no attempt yet) stays so.
  boolean adjoins(Repeat next) {
    return attempts > 0
        && attempts == next.attempts
        && kind == next.kind
        && range.last().value() + 1 == next.range.first().value();
  }

  Repeat joined(Repeat next) {
    return new Repeat(new SeqRange(range.first(), next.range.last()), kind, attempts);
  }
}
