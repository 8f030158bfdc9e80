package io.gympulse.sim.sensor;

import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A pressure mat under a bench, seat or belt: loaded while the machine is in use, except for a
/// moment now and then in which the visitor lifts off it during an effort.
///
/// @param contact the change when the visitor sits down and gets up
record PressureMat(Level contact) implements SimulatedSensor {
  private static final long MIN_LOADED_MILLIS = 8_000;
  private static final long MAX_LOADED_MILLIS = 45_000;
  private static final long MIN_LIFT_MILLIS = 300;
  private static final long MAX_LIFT_MILLIS = 4_000;

  /// Longer than the contact bounces.
  private static final long LOADED_AFTER_MILLIS = 1_000;

  @Override
  public List<Report> reports(MachineUse use, RandomGenerator random) {
    List<Report> edges = contact.reports(use, random);
    List<Report> reports =
        new ArrayList<>(edges.stream().filter(it -> it.at().isBefore(use.to())).toList());
    for (Effort effort : use.efforts()) {
      Instant lift =
          effort.from().plusMillis(random.nextLong(LOADED_AFTER_MILLIS, MAX_LOADED_MILLIS));
      while (lift.plusMillis(MAX_LIFT_MILLIS + LOADED_AFTER_MILLIS).isBefore(effort.to())) {
        Instant loaded = lift.plusMillis(random.nextLong(MIN_LIFT_MILLIS, MAX_LIFT_MILLIS));
        reports.add(new Report(lift, false));
        reports.add(new Report(loaded, true));
        lift = loaded.plusMillis(random.nextLong(MIN_LOADED_MILLIS, MAX_LOADED_MILLIS));
      }
    }
    edges.stream().filter(it -> !it.at().isBefore(use.to())).forEach(reports::add);
    return reports;
  }
}
