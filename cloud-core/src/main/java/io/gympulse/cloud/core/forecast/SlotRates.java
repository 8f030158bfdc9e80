package io.gympulse.cloud.core.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// What is usual in each slot of the week, and how fast uses end: the rates of a [ServerSystem].
/// Each table is smoothed over neighbouring slots.
///
/// @param arrivals uses that begin per hour in which a machine is free, in the whole category
/// @param arrivalsPerFree uses that begin per free machine and hour
/// @param usual machines in use at the slot's start
/// @param belowLimit the share of the observed weeks in which fewer than the limit were in use
/// @param weeks how many starts of the slot were observed
/// @param endings per hour and machine in use, the inverse of the mean dwell
public record SlotRates(
    SlotTable arrivals,
    SlotTable arrivalsPerFree,
    SlotTable usual,
    SlotTable belowLimit,
    SlotTable weeks,
    double endings) {
  /// How far back observations count.
  public static final Duration HISTORY = Duration.ofDays(90);

  /// A use of 20 minutes each, so that a category without any has a dwell.
  private static final double PRIOR_USES = 3;

  private static final double PRIOR_HOURS = PRIOR_USES / 3;

  /// @param limit of `belowLimit`
  /// @param to windows of the [#HISTORY] that end by then count
  static SlotRates fit(OccupancyHistory history, ZoneId zone, int limit, Instant to) {
    Sums sums = new Sums(history.machines(), limit);
    for (OccupancyWindow window : history.between(to.minus(HISTORY), to)) {
      if (window.knownMachines() > 0) {
        sums.add(WeekSlot.of(window.window().start(), zone), window);
      }
    }
    return sums.rates();
  }

  /// The usual number of machines in use at a moment, and 0 where nothing was observed.
  double usualAt(Instant at, ZoneId zone) {
    return usual.at(WeekSlot.of(at, zone));
  }

  private static final class Sums {
    private final int machines;
    private final int limit;
    private final double[] arrivals = new double[WeekSlot.COUNT];
    private final double[] openHours = new double[WeekSlot.COUNT];
    private final double[] freeHours = new double[WeekSlot.COUNT];
    private final double[] inUse = new double[WeekSlot.COUNT];
    private final double[] below = new double[WeekSlot.COUNT];
    private final double[] known = new double[WeekSlot.COUNT];
    private final double[] weeks = new double[WeekSlot.COUNT];
    private double departures = PRIOR_USES;
    private double busyHours = PRIOR_HOURS;

    Sums(int machines, int limit) {
      this.machines = machines;
      this.limit = limit;
    }

    /// A window in which only some machines are known counts for their share of the category.
    void add(int slot, OccupancyWindow window) {
      double share = (double) window.knownMachines() / machines;
      arrivals[slot] += window.flow().arrivals();
      openHours[slot] += window.openHours() * share;
      freeHours[slot] += window.flow().freeHours();
      inUse[slot] += window.inUse();
      known[slot] += share;
      weeks[slot]++;
      below[slot] += window.inUse() < limit * share ? 1 : 0;
      departures += window.flow().departures();
      busyHours += window.flow().busyHours();
    }

    SlotRates rates() {
      return new SlotRates(
          SlotTable.quotient(arrivals, openHours),
          SlotTable.quotient(arrivals, freeHours),
          SlotTable.quotient(inUse, known),
          SlotTable.quotient(below, weeks),
          SlotTable.of(weeks),
          departures / busyHours);
    }
  }
}
