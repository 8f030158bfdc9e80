package io.gympulse.edge.health;

import io.gympulse.edge.configuration.GatewayConfiguration.Card;
import java.time.Duration;
import java.util.Optional;

/// Predicts how long a memory card lasts, from what the gateway writes. Pure.
///
/// The formula is that of the endurance rating of JEDEC's standard JESD218 (terabytes written):
///
/// ```
/// years = capacity * ratedCycles / (bytesPerDay * writeAmplification * 365.25)
/// ```
///
/// `capacity` is the size of the file system, which is at most that of the card, so the prediction
/// is rather too short. It assumes a card that levels wear over its whole capacity, and counts this
/// process's writes only.
final class CardLife {
  /// How long a process has to run until its average says something: the first hours include the
  /// start, and backlog that may be rewritten.
  static final Duration LEAST = Duration.ofHours(3);

  private static final double DAYS_PER_YEAR = 365.25;
  private static final double MOST_YEARS = 1_000;

  private final Card card;

  CardLife(Card card) {
    this.card = card;
  }

  /// An amount per day, on average; empty in the first hours.
  static Optional<Long> perDay(long amount, Duration up) {
    return up.compareTo(LEAST) < 0
        ? Optional.empty()
        : Optional.of(Math.round((double) amount * Duration.ofDays(1).toMillis() / up.toMillis()));
  }

  /// Years from new, at most a thousand; empty while nothing was written.
  Optional<Double> years(long capacityBytes, long bytesPerDay) {
    if (bytesPerDay <= 0) {
      return Optional.empty();
    }
    double endurance = capacityBytes * card.ratedCycles();
    double years = endurance / (bytesPerDay * card.writeAmplification() * DAYS_PER_YEAR);
    return Optional.of(Math.min(Math.round(years * 10) / 10.0, MOST_YEARS));
  }
}
