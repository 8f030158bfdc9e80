package io.gympulse.edge.occupancy;

import io.gympulse.process.RateLimitedLog;
import java.util.List;

/// Logs when a sensor becomes faulty, when it works again, and when its report of the end of
/// activity was lost: a line each, limited per sensor. Not thread-safe.
final class VerdictLog {
  private final RateLimitedLog log;

  VerdictLog(RateLimitedLog log) {
    this.log = log;
  }

  /// @param after of the same machine as `before`
  void changed(OccupancyDetector detector, OccupancyState before, OccupancyState after) {
    List<SensorState> old = before.sensors();
    for (int i = 0; i < old.size(); i++) {
      SensorState from = old.get(i);
      SensorState to = after.sensors().get(i);
      if (from.verdict() != to.verdict() && (from.verdict().isFault() || to.verdict().isFault())) {
        verdictChanged(detector.verdicts(before).get(i), detector.verdicts(after).get(i), to);
      }
      if (to.signal().expired() && !from.signal().expired()) {
        SensorVerdict sensor = detector.verdicts(after).get(i);
        log.info(
            subject(sensor),
            "sensor {} of machine {} counts as inactive: {}",
            sensor.sensor(),
            sensor.machine(),
            SensorState.EXPIRED);
      }
    }
  }

  private void verdictChanged(SensorVerdict before, SensorVerdict after, SensorState to) {
    if (to.verdict().isFault()) {
      log.warn(
          subject(after),
          "sensor {} of machine {} is {}: {}",
          after.sensor(),
          after.machine(),
          after.verdict(),
          after.reason());
    } else {
      log.info(
          subject(after),
          "sensor {} of machine {} is {}; before it was {}: {}",
          after.sensor(),
          after.machine(),
          after.verdict(),
          before.verdict(),
          before.reason());
    }
  }

  private static String subject(SensorVerdict sensor) {
    return "sensor " + sensor.sensor();
  }
}
