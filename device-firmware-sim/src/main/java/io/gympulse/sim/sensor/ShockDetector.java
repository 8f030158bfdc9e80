package io.gympulse.sim.sensor;

import io.gympulse.sim.day.MachineUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A battery-powered Zigbee vibration sensor: reports a shock, further ones at most each
/// [#INTERVAL], and that there is none [#HOLD] after the last, the timeout of Zigbee2MQTT.
record ShockDetector() implements SimulatedSensor {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration HOLD = Duration.ofSeconds(90);

  @Override
  public List<Report> reports(MachineUse use, RandomGenerator random) {
    return held(Pulse.shocks(use, random), HOLD, Optional.of(INTERVAL));
  }

  /// The reports of a device that stays active for `hold` after each detection.
  ///
  /// @param detections in order of time
  /// @param repeat the least interval at which it repeats that it is active; empty if it does not
  static List<Report> held(List<Instant> detections, Duration hold, Optional<Duration> repeat) {
    List<Report> reports = new ArrayList<>();
    Optional<Instant> off = Optional.empty();
    Optional<Instant> reported = Optional.empty();
    for (Instant detected : detections) {
      if (off.filter(detected::isAfter).isPresent()) {
        reports.add(new Report(off.get(), false));
        reported = Optional.empty();
      }
      Optional<Instant> nextReport = reported.flatMap(it -> repeat.map(it::plus));
      if (reported.isEmpty() || nextReport.filter(it -> !detected.isBefore(it)).isPresent()) {
        reports.add(new Report(detected, true));
        reported = Optional.of(detected);
      }
      off = Optional.of(detected.plus(hold));
    }
    off.ifPresent(it -> reports.add(new Report(it, false)));
    return reports;
  }
}
