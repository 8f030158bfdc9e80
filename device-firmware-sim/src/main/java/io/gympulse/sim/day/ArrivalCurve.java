package io.gympulse.sim.day;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;

/// The rate of arrivals in a gym per hour of its local time, as a fraction of the busiest hour.
///
/// @param weekday 24 weights in [0, 1], Monday to Friday, index = local hour
/// @param weekend 24 weights in [0, 1], Saturday and Sunday
public record ArrivalCurve(List<Double> weekday, List<Double> weekend) {

  private static final int HOURS = 24;

  /// The local hour at which the gym is empty on the campus curve: all visitors of a day have left
  /// and none of the next has arrived.
  static final int EMPTY_HOUR = 5;

  public ArrivalCurve {
    weekday = validated("weekday", weekday);
    weekend = validated("weekend", weekend);
  }

  /// The curve of a campus gym: no arrivals at night, a peak in the late afternoon, a later and
  /// flatter curve at weekends. Estimated from a year of ten-minute head counts: arrivals in an
  /// hour = head count / mean stay + growth of the head count.
  public static ArrivalCurve campus() {
    return new ArrivalCurve(
        List.of(
            .15, .0, .0, .0, .0, .10, .35, .50, .59, .64, .69, .72, .71, .65, .68, .81, .96, 1.0,
            .99, .87, .85, .80, .65, .40),
        List.of(
            .05, .0, .0, .0, .0, .0, .02, .13, .44, .60, .64, .65, .59, .58, .60, .65, .72, .77,
            .72, .67, .65, .60, .45, .10));
  }

  /// A curve whose every hour has the weight of one hour of a weekday, so that a demonstration is
  /// as busy at night as at that hour.
  ///
  /// @throws IllegalArgumentException if the hour is not 0 to 23, or if its weight is 0
  public ArrivalCurve pinnedTo(int hour) {
    if (hour < 0 || hour >= HOURS) {
      throw new IllegalArgumentException("hour must be 0 to 23, but is " + hour);
    }
    double weight = weekday.get(hour);
    if (weight == 0) {
      throw new IllegalArgumentException("nobody arrives at hour " + hour + "; choose 6 to 23");
    }
    List<Double> constant = Collections.nCopies(HOURS, weight);
    return new ArrivalCurve(constant, constant);
  }

  /// The weight of the hour that contains a local time.
  public double weightAt(LocalDateTime local) {
    DayOfWeek day = local.getDayOfWeek();
    boolean isWeekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return (isWeekend ? weekend : weekday).get(local.getHour());
  }

  private static List<Double> validated(String name, List<Double> weights) {
    if (weights.size() != HOURS) {
      throw new IllegalArgumentException(name + " needs 24 weights, but has " + weights.size());
    }
    if (weights.stream().anyMatch(weight -> !(weight >= 0 && weight <= 1))) {
      throw new IllegalArgumentException(name + " has a weight outside [0, 1]");
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(name + " has no weight above 0");
    }
    return List.copyOf(weights);
  }
}
