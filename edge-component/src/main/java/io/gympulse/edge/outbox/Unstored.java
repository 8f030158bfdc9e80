package io.gympulse.edge.outbox;

import java.time.Instant;

/// What is not known to be in the cloud's store: events that wait or are kept apart.
public sealed interface Unstored {

  record Nothing() implements Unstored {}

  /// @param oldest the first moment that any of them tells of
  record Since(Instant oldest) implements Unstored {}

  /// They are too many to be looked through, or not all of them have their wall time.
  record Uncertain() implements Unstored {}

  /// With one more that tells of this moment.
  default Unstored and(Instant moment) {
    return switch (this) {
      case Nothing _ -> new Since(moment);
      case Since(Instant oldest) -> moment.isBefore(oldest) ? new Since(moment) : this;
      case Uncertain _ -> this;
    };
  }
}
