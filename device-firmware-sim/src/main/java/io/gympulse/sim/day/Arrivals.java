package io.gympulse.sim.day;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The endless stream of visitors through a gym's door, ascending by arrival: a Poisson process
/// whose rate follows the rhythm. Each hour is drawn from its own seed, so the visitors of an hour
/// do not depend on when the stream was begun. Not thread-safe.
final class Arrivals implements Iterator<Visitor> {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final Rhythm rhythm;
  private final Workouts workouts;
  private final Seed seed;
  private final Deque<Visitor> thisHour = new ArrayDeque<>();
  private Instant nextHour;

  /// @param from the stream begins with the whole hour that holds this time
  Arrivals(Rhythm rhythm, Workouts workouts, Seed seed, Instant from) {
    this.rhythm = rhythm;
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
    RandomGenerator door = ofHour.random();
    long[] offsets =
        IntStream.range(0, poisson(rhythm.perHour(hour), door))
            .mapToLong(visitor -> door.nextLong(HOUR_MILLIS))
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
