package io.gympulse.cloud.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time that is confirmed by more evidence than one reading of a wall clock: the time confirmed
/// before, how long the process has run since, and the timestamps of gateways' messages. Content
/// expires by this time, since otherwise a wall clock that is wrong for a minute would delete
/// everything. Pure and immutable.
///
/// It may be behind the true time, after a downtime in which no gateway sent anything: content is
/// then kept longer. It is ahead of the true time by [#TOLERANCE] at most, unless gateways and the
/// wall clock are both wrong, and then by [#WITNESSED] per step. If it is ahead, because the wall
/// clock was wrong when the file was created, it is set back once gateways and the wall clock
/// agree.
///
/// @param known the confirmed time
public record ExpiryTime(Instant known) {
  /// How far the wall clock is followed without other evidence.
  public static final Duration TOLERANCE = Duration.ofHours(1);

  /// How far a gateway and the wall clock together are followed in one step. Beyond it, an operator
  /// has to confirm the wall clock.
  public static final Duration WITNESSED = Duration.ofDays(7);

  /// The next step.
  ///
  /// @param elapsed since the last step, by a monotonic clock
  /// @param wall the time of the wall clock
  /// @param contact the latest time at which a gateway is known to have sent a message, by both its
  ///     own clock and the wall clock
  public ExpiryTime after(Duration elapsed, Instant wall, Optional<Instant> contact) {
    if (wall.isBefore(known) && contact.filter(it -> agree(it, wall)).isPresent()) {
      return new ExpiryTime(wall);
    }
    Instant run = known.plus(elapsed);
    Instant next = run.isBefore(wall) ? run : later(known, wall);
    return contact
        .filter(it -> !it.isAfter(wall) && !it.isAfter(next.plus(WITNESSED)))
        .filter(it -> it.isAfter(next))
        .map(ExpiryTime::new)
        .orElse(new ExpiryTime(next));
  }

  private static boolean agree(Instant contact, Instant wall) {
    return !contact.isAfter(wall) && contact.plus(TOLERANCE).isAfter(wall);
  }

  /// The time by which content expires while the wall clock shows `wall`: never later than that.
  public Instant at(Instant wall) {
    Instant most = known.plus(TOLERANCE);
    return most.isBefore(wall) ? most : wall;
  }

  /// How far expiry is behind the wall clock; zero while the wall clock is trusted.
  public Duration behind(Instant wall) {
    return Duration.between(at(wall), wall);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
