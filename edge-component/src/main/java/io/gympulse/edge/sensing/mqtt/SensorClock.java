package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.Payload.Level;
import io.gympulse.edge.sensing.mqtt.Payload.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// What is believed of a sensor's own clock, which may be wrong: it can move a reading back from
/// its arrival by no more than a minute, never forward; and it can tell that a reading is a repeat,
/// or older than one that has come just before. Immutable.
///
/// @param last the last reading whose own time was believed
record SensorClock(Optional<Last> last) {
  static final Duration FURTHEST_BACK = Duration.ofSeconds(60);

  /// A clock that was set back may not silence its sensor for longer than this.
  static final Duration ORDER_KEPT_FOR = Duration.ofSeconds(10);

  /// @param stamp by the sensor's clock
  /// @param arrival on the gateway's time line
  record Last(Instant stamp, boolean active, Instant arrival) {}

  /// What becomes of a reading.
  sealed interface Verdict {

    /// @param at when the reading is taken to have happened, on the gateway's time line
    /// @param mistimed whether its own time could not be believed
    record Taken(Instant at, boolean mistimed, SensorClock next) implements Verdict {}

    /// It is no news.
    record Stale() implements Verdict {}
  }

  static SensorClock unknown() {
    return new SensorClock(Optional.empty());
  }

  /// @param arrival on the gateway's time line
  /// @param wall what the wall clock shows at such a moment; empty while it is not right itself:
  ///     then no sensor's clock can be judged
  /// @param retained whether the reading may be of any age without anything being wrong
  Verdict judge(
      Level level, Instant arrival, Function<Instant, Optional<Instant>> wall, boolean retained) {
    return switch (level.stamp()) {
      case Stamp.None _ -> new Verdict.Taken(arrival, false, this);
      case Stamp.Unreadable _ -> new Verdict.Taken(arrival, true, this);
      case Stamp.At it ->
          wall.apply(arrival)
              .map(now -> Duration.between(it.time(), now))
              .map(age -> aged(new Last(it.time(), level.active(), arrival), age, retained))
              .orElseGet(() -> new Verdict.Taken(arrival, false, this));
    };
  }

  private Verdict aged(Last now, Duration age, boolean retained) {
    if (age.isNegative()) {
      return new Verdict.Taken(now.arrival(), true, this);
    }
    if (age.compareTo(FURTHEST_BACK) > 0) {
      return new Verdict.Taken(now.arrival(), !retained, this);
    }
    return last.filter(it -> isNoNews(now, it)).isPresent()
        ? new Verdict.Stale()
        : new Verdict.Taken(now.arrival().minus(age), false, new SensorClock(Optional.of(now)));
  }

  private static boolean isNoNews(Last now, Last before) {
    return now.stamp().equals(before.stamp())
        ? now.active() == before.active()
        : now.stamp().isBefore(before.stamp())
            && now.arrival().isBefore(before.arrival().plus(ORDER_KEPT_FOR));
  }
}
