package io.gympulse.sim.day;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;

/// How busy a gym's door is, hour by hour of its local time, as a fraction of its busiest hour.
///
/// @param weekday 24 weights in [0, 1], Monday to Friday, index = local hour
/// @param weekend 24 weights in [0, 1], Saturday and Sunday
public record ArrivalCurve(List<Double> weekday, List<Double> weekend) {

  private static final int HOURS = 24;

  /// The local hour at which nobody trains on the campus curve: the last visitor of a day has left
  /// and the first of the next has not come.
  static final int QUIET_HOUR = 5;

  public ArrivalCurve {
    weekday = validated("weekday", weekday);
    weekend = validated("weekend", weekend);
  }

  /// The rhythm of a campus gym: closed in the small hours, full in the late afternoon, a later and
  /// flatter weekend. Estimated from a year of ten-minute head counts: arrivals in an hour = head
  /// count / mean stay + growth of the head count.
  public static ArrivalCurve campus() {
    return new ArrivalCurve(
        List.of(
            .15, .0, .0, .0, .0, .10, .35, .50, .59, .64, .69, .72, .71, .65, .68, .81, .96, 1.0,
            .99, .87, .85, .80, .65, .40),
        List.of(
            .05, .0, .0, .0, .0, .0, .02, .13, .44, .60, .64, .65, .59, .58, .60, .65, .72, .77,
            .72, .67, .65, .60, .45, .10));
  }

  /// A day that is always like the given hour of a weekday, so that a demonstration is as lively at
  /// night as at that hour.
  ///
  /// @throws IllegalArgumentException if the hour is not 0 to 23, or if nobody comes at that hour
  public ArrivalCurve pinnedTo(int hour) {
    if (hour < 0 || hour >= HOURS) {
      throw new IllegalArgumentException("hour must be 0 to 23, but is " + hour);
    }
    double weight = weekday.get(hour);
    if (weight == 0) {
      throw new IllegalArgumentException("nobody trains at hour " + hour + "; choose 6 to 23");
    }
    List<Double> always = Collections.nCopies(HOURS, weight);
    return new ArrivalCurve(always, always);
  }

  /// The weight of the hour that holds the given local time.
  public double weightAt(LocalDateTime local) {
    DayOfWeek day = local.getDayOfWeek();
    boolean free = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return (free ? weekend : weekday).get(local.getHour());
  }

  private static List<Double> validated(String name, List<Double> weights) {
    if (weights.size() != HOURS) {
      throw new IllegalArgumentException(name + " needs 24 weights, but has " + weights.size());
    }
    if (weights.stream().anyMatch(weight -> !(weight >= 0 && weight <= 1))) {
      throw new IllegalArgumentException(name + " has a weight outside [0, 1]");
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(name + " has no hour at which anybody comes");
    }
    return List.copyOf(weights);
  }
}
