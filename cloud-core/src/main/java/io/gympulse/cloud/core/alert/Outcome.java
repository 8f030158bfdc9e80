package io.gympulse.cloud.core.alert;

import java.time.Duration;
import java.util.Optional;

/// How an attempt at a delivery went. Reasons are for logs: they name no address and no secret.
public sealed interface Outcome {
  /// The channel took it; nothing more is to be done.
  record Delivered() implements Outcome {}

  /// Not now, perhaps later: a refusal that says so, nobody there at the moment, no room here.
  ///
  /// @param notWithin how long the place wants to be left alone, if it said so
  record Retry(String reason, Optional<Duration> notWithin) implements Outcome {
    public Retry(String reason) {
      this(reason, Optional.empty());
    }
  }

  /// Not now, perhaps later: as [Retry], and nobody answered, which speaks against the place.
  record NoAnswer(String reason) implements Outcome {}

  /// Not now and never: the place does not exist or wants nothing more.
  record Gone(String reason) implements Outcome {}
}
