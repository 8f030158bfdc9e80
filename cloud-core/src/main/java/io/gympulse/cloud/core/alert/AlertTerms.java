package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.notification.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A member's settings of an alert.
///
/// @param expiresAt from then on nothing is sent
/// @param channels one to five
public record AlertTerms(
    Optional<QuietHours> quietHours,
    Optional<Instant> expiresAt,
    List<Channel> channels,
    Repetition repetition) {
  public static final int MAX_CHANNELS = 5;

  public AlertTerms {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "an alert has one to %d channels, not %d".formatted(MAX_CHANNELS, channels.size()));
    }
  }

  /// How often an alert fires.
  public sealed interface Repetition {
    /// For one free period.
    record Once() implements Repetition {}

    /// Repeatedly. A free period that begins within the cooldown after a firing is ignored.
    ///
    /// @param cooldown at most 30 days
    record Again(Duration cooldown) implements Repetition {
      private static final Duration MAX_COOLDOWN = Duration.ofDays(30);

      public Again {
        if (cooldown.isNegative() || cooldown.compareTo(MAX_COOLDOWN) > 0) {
          throw new IllegalArgumentException("a cooldown lasts from 0 seconds to 30 days");
        }
      }
    }
  }
}
