package io.gympulse.cloud.core.notification;

import java.time.Duration;
import java.util.Optional;

/// The outcome of a delivery attempt. Reasons are for logs: they contain no address and no secret.
public sealed interface DeliveryOutcome {
  /// The channel accepted it.
  record Delivered() implements DeliveryOutcome {}

  /// A failure that may be temporary: a response that says so, no open connection, no free slot.
  ///
  /// @param retryAfter the minimum pause that the receiver asked for, if any
  record Retry(String reason, Optional<Duration> retryAfter) implements DeliveryOutcome {
    public Retry(String reason) {
      this(reason, Optional.empty());
    }
  }

  /// As [Retry], and the receiver did not answer: a failure for its circuit breaker.
  record NoAnswer(String reason) implements DeliveryOutcome {}

  /// A permanent failure: the receiver does not exist or does not want notifications.
  record Gone(String reason) implements DeliveryOutcome {}
}
