package io.gympulse.cloud.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Up to where time is known to have come, by other evidence than one reading of a wall clock: what
/// was known before, the time that a process has run since, and what gateways stamp their messages
/// with. What expires, expires by this time, since a wall clock that is wrong for a minute would
/// else delete everything. Pure and immutable.
///
/// It may stay behind the truth, after a downtime that no gateway has witnessed: then things are
/// kept longer. It runs ahead of the truth by [#TOLERANCE] at most, unless gateways and the wall
/// clock are wrong together, and then by [#WITNESSED] at once. If it is ahead, since a wall clock
/// was wrong when a file was made, it comes back once gateways and the wall clock agree.
///
/// @param known never later than the latest time that evidence speaks for
public record ExpiryTime(Instant known) {
  /// How far the wall clock is followed without evidence.
  public static final Duration TOLERANCE = Duration.ofHours(1);

  /// How far a gateway and the wall clock together are followed at once. Beyond it, an operator has
  /// to say that the wall clock is right.
  public static final Duration WITNESSED = Duration.ofDays(7);

  /// After a process has run for a while.
  ///
  /// @param elapsed by a clock that nobody sets, since the last step
  /// @param wall what the wall clock shows
  /// @param witness the latest time at which a gateway is known to have spoken, by its own clock
  ///     and by the wall clock both
  public ExpiryTime after(Duration elapsed, Instant wall, Optional<Instant> witness) {
    if (wall.isBefore(known) && witness.filter(it -> agree(it, wall)).isPresent()) {
      return new ExpiryTime(wall);
    }
    Instant run = known.plus(elapsed);
    Instant next = run.isBefore(wall) ? run : later(known, wall);
    return witness
        .filter(it -> !it.isAfter(wall) && !it.isAfter(next.plus(WITNESSED)))
        .filter(it -> it.isAfter(next))
        .map(ExpiryTime::new)
        .orElse(new ExpiryTime(next));
  }

  private static boolean agree(Instant witness, Instant wall) {
    return !witness.isAfter(wall) && witness.plus(TOLERANCE).isAfter(wall);
  }

  /// The time by which things expire while the wall clock shows `wall`: never later than that.
  public Instant at(Instant wall) {
    Instant most = known.plus(TOLERANCE);
    return most.isBefore(wall) ? most : wall;
  }

  /// By how much expiry stays behind the wall clock, which is zero unless it is not trusted.
  public Duration behind(Instant wall) {
    return Duration.between(at(wall), wall);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
