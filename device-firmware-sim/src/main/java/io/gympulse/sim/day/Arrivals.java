package io.gympulse.sim.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// An infinite stream of a gym's visitors in order of arrival: a Poisson process whose rate follows
/// the arrival curve. Each hour is drawn from its own seed, so its visitors do not depend on where
/// the stream starts. Not thread-safe.
final class Arrivals implements Iterator<Visitor> {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /// The rate of arrivals in one gym.
  ///
  /// @param busiestPerHour visitors in an hour whose curve weight is 1
  record ArrivalRate(ArrivalCurve curve, ZoneId zone, double busiestPerHour) {

    /// The expected number of visitors in the hour that begins at `hour`.
    double perHour(Instant hour) {
      return busiestPerHour * curve.weightAt(LocalDateTime.ofInstant(hour, zone));
    }

    /// The last time, at or before `time`, at which a gym with the campus curve is empty.
    Instant lastEmptyTime(Instant time) {
      LocalDateTime local = LocalDateTime.ofInstant(time, zone);
      LocalDateTime empty = local.toLocalDate().atTime(ArrivalCurve.EMPTY_HOUR, 0);
      LocalDateTime last = empty.isAfter(local) ? empty.minusDays(1) : empty;
      return last.atZone(zone).toInstant();
    }
  }

  private final ArrivalRate rate;
  private final Workouts workouts;
  private final Seed seed;
  private final Deque<Visitor> thisHour = new ArrayDeque<>();
  private Instant nextHour;

  /// @param from the stream starts with the whole hour that contains this time
  Arrivals(ArrivalRate rate, Workouts workouts, Seed seed, Instant from) {
    this.rate = rate;
    this.workouts = workouts;
    this.seed = seed;
    this.nextHour = from.truncatedTo(ChronoUnit.HOURS);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Visitor next() {
    while (thisHour.isEmpty()) {
      thisHour.addAll(visitorsOf(nextHour));
      nextHour = nextHour.plus(1, ChronoUnit.HOURS);
    }
    return thisHour.remove();
  }

  private List<Visitor> visitorsOf(Instant hour) {
    Seed ofHour = seed.split(hour.toEpochMilli());
    RandomGenerator random = ofHour.random();
    long[] offsets =
        IntStream.range(0, poisson(rate.perHour(hour), random))
            .mapToLong(_ -> random.nextLong(HOUR_MILLIS))
            .sorted()
            .toArray();
    return IntStream.range(0, offsets.length)
        .mapToObj(i -> visitor(hour.plusMillis(offsets[i]), ofHour.split(i).random()))
        .toList();
  }

  private Visitor visitor(Instant arrival, RandomGenerator random) {
    return new Visitor(arrival, workouts.plan(random), random);
  }

  /// Counts exponential gaps that fit in one unit of time.
  private static int poisson(double mean, RandomGenerator random) {
    if (mean <= 0) {
      return 0;
    }
    int count = 0;
    double time = random.nextExponential() / mean;
    while (time < 1) {
      count++;
      time += random.nextExponential() / mean;
    }
    return count;
  }
}
