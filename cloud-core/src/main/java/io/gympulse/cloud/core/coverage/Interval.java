package io.gympulse.cloud.core.coverage;

import io.gympulse.contract.id.OutboxId;
import java.time.Instant;

/// A span `[from, to)` of which every event of an outbox is stored. Where another outbox's interval
/// begins, nothing is known of a machine until that outbox tells.
public record Interval(OutboxId outbox, Instant from, Instant to) {
  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an interval from %s to %s is empty".formatted(from, to));
    }
  }

  /// What it has in common with `[first, end)`, which has to be something.
  Interval within(Instant first, Instant end) {
    return new Interval(outbox, from.isBefore(first) ? first : from, to.isAfter(end) ? end : to);
  }

  public boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
