package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import java.util.Set;

/// For how long a sensor may stay active, without a change, before it counts as stuck: never longer
/// than a cap. Once a hundred occupancies are known, the longer of half an hour and three times
/// their 99th percentile: if dwell times are log-normal with a sigma of 0.4, as on cardio machines,
/// one in five million exceeds that. Before, a time that is long for a machine of its category:
/// nobody sits on a bench for 90 minutes without getting up, and endurance training without a break
/// ends within three hours.
///
/// @param cap in milliseconds, whatever is known of the machine
/// @param prior in milliseconds, while too little is known of the machine
record StuckRule(long cap, long prior) {
  private static final Duration ENDURANCE = Duration.ofHours(3);
  private static final Duration STRENGTH = Duration.ofMinutes(90);
  private static final long LEAST = Duration.ofMinutes(30).toMillis();
  private static final long LEAST_ALONE = Duration.ofHours(1).toMillis();
  private static final long FACTOR = 3;

  /// Parts of the names of categories of strength machines.
  private static final Set<String> STRENGTH_WORDS =
      Set.of(
          "abdominal",
          "abductor",
          "adductor",
          "barbell",
          "bench",
          "cable",
          "chest",
          "curl",
          "dip",
          "dumbbell",
          "extension",
          "functional",
          "kettlebell",
          "lat",
          "leg",
          "press",
          "pulldown",
          "rack",
          "smith",
          "squat",
          "strength",
          "weight",
          "weights");

  static StuckRule of(CategoryId category, Duration cap) {
    boolean strength = false;
    for (String word : category.value().split("-", -1)) {
      strength |= STRENGTH_WORDS.contains(word);
    }
    return new StuckRule(cap.toMillis(), (strength ? STRENGTH : ENDURANCE).toMillis());
  }

  /// For how long a sensor may stay active without a change while no other machine of the gym is
  /// used: half of what is long for its category, at least an hour. Who runs alone early in the
  /// morning is believed for 90 minutes.
  Duration longestAlone() {
    return Duration.ofMillis(Math.max(LEAST_ALONE, prior / 2));
  }

  /// In milliseconds.
  long longestDwell(DwellHistory history) {
    long usual = history.percentile99();
    return Math.min(cap, usual == SensorState.NEVER ? prior : Math.max(LEAST, FACTOR * usual));
  }
}
