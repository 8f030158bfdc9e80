package io.gympulse.edge.occupancy;

import io.gympulse.contract.floorplan.OpeningHours;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds sensors that hold their machine occupied though nobody can be there: active without a
/// change for half an hour in which the gym was closed, or for [StuckRule#longestAlone] in which no
/// other machine of the gym was used either. Pure, but for the clock that it is given.
///
/// A change is evidence of use; a repeat of the same reading is none. Machines that are unknown
/// prove nothing: with no other machine that is known, neighbours say nothing. Opening hours count
/// only while the wall time is known.
public final class PlausibilityCheck {
  /// Nothing is known of opening hours.
  static final PlausibilityCheck WITHOUT_HOURS =
      new PlausibilityCheck(Optional.empty(), _ -> Optional.empty());

  static final Duration CLOSED = Duration.ofMinutes(30);

  private final Optional<OpeningHours> hours;
  private final Function<Instant, Optional<Instant>> wallTime;

  /// @param wallTime of an instant on the gateway's timeline; empty while it is not known
  public PlausibilityCheck(
      Optional<OpeningHours> hours, Function<Instant, Optional<Instant>> wallTime) {
    this.hours = hours;
    this.wallTime = wallTime;
  }

  /// What a sensor's readings prove.
  ///
  /// @param known whether it says that its machine is free or occupied
  /// @param held whether it is active and counts as active until it reports otherwise
  /// @param changedAt when it changed for the last time, on the timeline
  /// @param longestAlone for how long it may be held while no other machine is used
  record Activity(
      SensorId sensor,
      MachineId machine,
      boolean known,
      boolean held,
      Instant changedAt,
      Duration longestAlone) {}

  /// @param reason in words, a part of a sentence
  record Implausible(SensorId sensor, MachineId machine, String reason) {}

  /// @param sensors all that this gateway monitors
  /// @param now on the timeline
  List<Implausible> find(List<Activity> sensors, Instant now) {
    List<Activity> held =
        sensors.stream().filter(it -> it.held() && unchanged(it, CLOSED, now)).toList();
    if (held.isEmpty()) {
      return List.of();
    }
    boolean closed =
        hours.isPresent()
            && wallTime.apply(now).filter(it -> hours.get().wasClosed(it, CLOSED)).isPresent();
    if (closed) {
      return held.stream().map(it -> implausible(it, CLOSED, "though the gym is closed")).toList();
    }
    return held.stream()
        .filter(it -> unchanged(it, it.longestAlone(), now) && othersAreQuiet(it, sensors, now))
        .map(it -> implausible(it, it.longestAlone(), "while no other machine was used"))
        .toList();
  }

  private static boolean unchanged(Activity sensor, Duration length, Instant now) {
    return !sensor.changedAt().plus(length).isAfter(now);
  }

  private static boolean othersAreQuiet(Activity held, List<Activity> sensors, Instant now) {
    List<Activity> others =
        sensors.stream().filter(it -> it.known() && !it.machine().equals(held.machine())).toList();
    return !others.isEmpty()
        && others.stream().allMatch(it -> unchanged(it, held.longestAlone(), now));
  }

  private static Implausible implausible(Activity sensor, Duration length, String circumstance) {
    return new Implausible(
        sensor.sensor(),
        sensor.machine(),
        "it was active for %d minutes without a change %s"
            .formatted(length.toMinutes(), circumstance));
  }
}
