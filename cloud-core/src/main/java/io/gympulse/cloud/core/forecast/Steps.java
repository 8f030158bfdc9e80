package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Cuts a time span at the quarters of an hour, between which rates are constant.
final class Steps {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private Steps() {}

  /// A part of one quarter of an hour.
  record Step(Instant start, double hours) {}

  /// @param ahead at least 0; the caller bounds it
  static List<Step> of(Instant now, Duration ahead) {
    Instant end = now.plus(ahead);
    List<Step> steps = new ArrayList<>();
    for (Instant at = now; at.isBefore(end); ) {
      Instant quarter = Window.of(at).end();
      Instant next = quarter.isBefore(end) ? quarter : end;
      steps.add(new Step(at, Duration.between(at, next).toMillis() / MILLIS_PER_HOUR));
      at = next;
    }
    return steps;
  }
}
