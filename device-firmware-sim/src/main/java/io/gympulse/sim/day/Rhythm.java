package io.gympulse.sim.day;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// The rate at which visitors come to one gym.
///
/// @param busiestPerHour visitors in an hour whose curve weight is 1
public record Rhythm(ArrivalCurve curve, ZoneId zone, double busiestPerHour) {

  /// Visitors per hour, expected for the hour that begins at the given time.
  double perHour(Instant hour) {
    return busiestPerHour * curve.weightAt(LocalDateTime.ofInstant(hour, zone));
  }

  /// The last time, at or before the given one, when no visitor of an earlier day is left in a gym
  /// on the campus curve.
  Instant lastQuietTime(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    LocalDateTime quiet = local.toLocalDate().atTime(ArrivalCurve.QUIET_HOUR, 0);
    LocalDateTime last = quiet.isAfter(local) ? quiet.minusDays(1) : quiet;
    return last.atZone(zone).toInstant();
  }
}
