package io.gympulse.edge.uplink;

import java.time.Duration;
import java.time.Instant;

/// When a certificate ends.
public record CertificateExpiry(Instant at) {
  /// How long before its end a certificate is to be replaced.
  public static final Duration NOTICE = Duration.ofDays(30);

  /// How much of the certificate's time is left.
  public enum State {
    VALID,
    /// It ends within [#NOTICE].
    ENDS_SOON,
    ENDED
  }

  public State state(Instant now) {
    if (!now.isBefore(at)) {
      return State.ENDED;
    }
    return at.minus(NOTICE).isAfter(now) ? State.VALID : State.ENDS_SOON;
  }

  /// Whole days until the end, negative after it.
  public long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, at).toSeconds(), Duration.ofDays(1).toSeconds());
  }
}
