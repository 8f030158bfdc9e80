package io.gympulse.cloud.core.coverage;

import java.time.Instant;
import java.util.Optional;

/// What is proven of one outbox. Both ends are noted apart, as their messages come in any order.
///
/// @param from when its first event happened, once that is stored
/// @param to the latest time that it vouched for while it was empty
public record OutboxCoverage(Optional<Instant> from, Optional<Instant> to) {

  /// The earlier beginning and the later end of both.
  public OutboxCoverage join(OutboxCoverage other) {
    return new OutboxCoverage(pick(from, other.from, false), pick(to, other.to, true));
  }

  /// The latest time of which anything is proven.
  Instant last() {
    return to.or(() -> from).orElse(Instant.MIN);
  }

  private static Optional<Instant> pick(
      Optional<Instant> one, Optional<Instant> other, boolean later) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) == later ? one : other;
  }
}
