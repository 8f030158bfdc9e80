package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.Payload.Level;
import io.gympulse.edge.sensing.mqtt.Payload.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is believed of a sensor's own clock, which may be wrong: it can move a reading back from
/// its arrival by no more than a minute, never forward; and it can tell that a reading is a repeat,
/// or older than one that has come just before. Immutable.
///
/// @param last the last reading whose own time was believed
record SensorClock(Optional<Last> last) {
  static final Duration FURTHEST_BACK = Duration.ofSeconds(60);

  /// A clock that was set back may not silence its sensor for longer than this.
  static final Duration ORDER_KEPT_FOR = Duration.ofSeconds(10);

  record Last(Instant stamp, boolean active, Instant arrival) {}

  /// What becomes of a reading.
  sealed interface Verdict {

    /// @param at when the reading is taken to have happened
    /// @param mistimed whether its own time could not be believed
    record Taken(Instant at, boolean mistimed, SensorClock next) implements Verdict {}

    /// It is no news.
    record Stale() implements Verdict {}
  }

  static SensorClock unknown() {
    return new SensorClock(Optional.empty());
  }

  /// @param retained whether the reading may be of any age without anything being wrong
  Verdict judge(Level level, Instant arrival, boolean retained) {
    return switch (level.stamp()) {
      case Stamp.None _ -> new Verdict.Taken(arrival, false, this);
      case Stamp.Unreadable _ -> new Verdict.Taken(arrival, true, this);
      case Stamp.At it when it.time().isAfter(arrival) -> new Verdict.Taken(arrival, true, this);
      case Stamp.At it when it.time().isBefore(arrival.minus(FURTHEST_BACK)) ->
          new Verdict.Taken(arrival, !retained, this);
      case Stamp.At it -> believed(new Last(it.time(), level.active(), arrival));
    };
  }

  private Verdict believed(Last now) {
    return last.filter(it -> isNoNews(now, it)).isPresent()
        ? new Verdict.Stale()
        : new Verdict.Taken(now.stamp(), false, new SensorClock(Optional.of(now)));
  }

  private static boolean isNoNews(Last now, Last before) {
    return now.stamp().equals(before.stamp())
        ? now.active() == before.active()
        : now.stamp().isBefore(before.stamp())
            && now.arrival().isBefore(before.arrival().plus(ORDER_KEPT_FOR));
  }
}
