package io.gympulse.cloud.core.alert;

import java.time.Duration;

/// How often an alert fires.
public sealed interface Repetition {
  /// One free period, then no more.
  record Once() implements Repetition {}

  /// Again and again. A free period that begins within the cooldown after a firing is passed over.
  ///
  /// @param cooldown at most 30 days
  record Again(Duration cooldown) implements Repetition {
    private static final Duration LONGEST = Duration.ofDays(30);

    public Again {
      if (cooldown.isNegative() || cooldown.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a cooldown lasts from 0 seconds to 30 days");
      }
    }
  }
}
