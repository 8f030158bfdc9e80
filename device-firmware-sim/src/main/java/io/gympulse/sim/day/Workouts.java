package io.gympulse.sim.day;

import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.random.RandomGenerator;

/// Draws the plans of a gym's visitors: for most a ride or run, then a few strength exercises. A
/// category's probability is proportional to its number of machines. Immutable.
final class Workouts {

  /// The mean machine time of a visit with both parts; it determines the rate of visitors.
  static final Duration MEAN_VISIT = Duration.ofMinutes(38);

  private static final double RIDES = 0.7;
  private static final DwellProfile STRENGTH = sets(3, 4, 40, 70);
  private static final Map<String, DwellProfile> PROFILES =
      Map.ofEntries(
          Map.entry("treadmill", ride(22)),
          Map.entry("bike", ride(25)),
          Map.entry("elliptical", ride(22)),
          Map.entry("stair-climber", ride(15)),
          Map.entry("rower", ride(12)),
          Map.entry("bench-press", sets(3, 5, 40, 100)),
          Map.entry("squat-rack", sets(4, 6, 45, 120)),
          Map.entry("leg-press", sets(3, 4, 40, 75)),
          Map.entry("cable", sets(3, 4, 35, 60)),
          Map.entry("lat-pulldown", sets(3, 4, 35, 60)),
          Map.entry("functional", sets(4, 6, 60, 45)));

  private final List<Entry<CategoryId, Integer>> rides;
  private final List<Entry<CategoryId, Integer>> exercises;

  /// @param machines how many machines the gym has of each category; not empty, counts >= 1
  Workouts(Map<CategoryId, Integer> machines) {
    if (machines.isEmpty()) {
      throw new IllegalArgumentException("a gym needs at least one machine");
    }
    List<Entry<CategoryId, Integer>> sorted =
        machines.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getKey().value()))
            .toList();
    rides = sorted.stream().filter(entry -> isRide(entry.getKey())).toList();
    exercises = sorted.stream().filter(entry -> !isRide(entry.getKey())).toList();
  }

  /// The dwell profile of a category; that of an unknown category has sets.
  static DwellProfile profileOf(CategoryId category) {
    return PROFILES.getOrDefault(category.value(), STRENGTH);
  }

  /// The categories that one visitor plans to use, in order; never empty.
  List<CategoryId> plan(RandomGenerator random) {
    List<CategoryId> plan = new ArrayList<>();
    if (!rides.isEmpty() && (exercises.isEmpty() || random.nextDouble() < RIDES)) {
      plan.add(pick(rides, random));
    }
    int sets = exercises.isEmpty() ? 0 : random.nextInt(2, 5);
    for (int i = 0; i < sets; i++) {
      plan.add(pick(exercises, random));
    }
    return plan;
  }

  private static boolean isRide(CategoryId category) {
    return profileOf(category) instanceof DwellProfile.Continuous;
  }

  private static CategoryId pick(List<Entry<CategoryId, Integer>> from, RandomGenerator random) {
    int total = from.stream().mapToInt(Entry::getValue).sum();
    int drawn = random.nextInt(total);
    for (Entry<CategoryId, Integer> entry : from) {
      drawn -= entry.getValue();
      if (drawn < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("weights changed while drawing");
  }

  private static DwellProfile ride(int minutes) {
    return new DwellProfile.Continuous(
        Duration.ofMinutes(minutes), 0.4, Duration.ofMinutes(4), Duration.ofMinutes(60));
  }

  private static DwellProfile sets(int fewest, int most, int setSeconds, int restSeconds) {
    return new DwellProfile.Sets(
        fewest, most, Duration.ofSeconds(setSeconds), Duration.ofSeconds(restSeconds));
  }
}
