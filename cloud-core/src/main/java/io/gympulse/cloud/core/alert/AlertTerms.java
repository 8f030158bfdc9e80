package io.gympulse.cloud.core.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a member asks for.
///
/// @param expiresAt from then on nothing is told
/// @param channels one to five
public record AlertTerms(
    Optional<QuietHours> quietHours,
    Optional<Instant> expiresAt,
    List<Channel> channels,
    Repetition repetition) {
  public static final int MOST_CHANNELS = 5;

  public AlertTerms {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "an alert has one to %d channels, not %d".formatted(MOST_CHANNELS, channels.size()));
    }
  }
}
