package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.mqtt.Payload.Level;
import io.gympulse.edge.sensing.mqtt.Payload.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// What is believed of a sensor's own clock, which may be wrong: it can move a reading back from
/// its arrival by no more than a minute, never forward; and it can tell that a reading is a repeat
/// of what is known. A change is never dropped for its time.
///
/// What becomes of a reading may still be moved forward later: the gateway vouches for its machines
/// each second, and a reading from before that is taken at the last moment vouched for. So a
/// sensor's own time is worth about a second in practice; more only while something else keeps the
/// gateway from vouching, such as a level that has not settled. Immutable.
///
/// @param last the last reading whose own time was heeded
/// @param opposite the time that was told with the last reading of the opposite level
record SensorClock(Optional<Last> last, Optional<Instant> opposite) {
  static final Duration FURTHEST_BACK = Duration.ofSeconds(60);

  /// By how much a clock may be ahead; two that are both set by the network differ by less.
  static final Duration FURTHEST_AHEAD = Duration.ofSeconds(2);

  /// A clock that was set back may not keep its sensor from repeating itself for longer than this.
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
    return new SensorClock(Optional.empty(), Optional.empty());
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
    if (age.plus(FURTHEST_AHEAD).isNegative()) {
      return new Verdict.Taken(now.arrival(), true, this);
    }
    if (age.compareTo(FURTHEST_BACK) > 0) {
      return new Verdict.Taken(now.arrival(), !retained, this);
    }
    if (last.isEmpty() || last.get().active() == now.active()) {
      return last.filter(it -> isRepeat(now, it)).isPresent()
          ? new Verdict.Stale()
          : new Verdict.Taken(
              atMostAt(now, age), false, new SensorClock(Optional.of(now), opposite));
    }
    return changed(now, age, last.get().stamp());
  }

  private static boolean isRepeat(Last now, Last before) {
    return now.stamp().equals(before.stamp())
        || (now.stamp().isBefore(before.stamp())
            && now.arrival().isBefore(before.arrival().plus(ORDER_KEPT_FOR)));
  }

  /// A change from before what is known: the clock was set back, unless it was told before.
  private Verdict changed(Last now, Duration age, Instant before) {
    if (opposite.filter(now.stamp()::equals).isPresent()) {
      return new Verdict.Stale();
    }
    boolean setBack = now.stamp().isBefore(before);
    return new Verdict.Taken(
        setBack ? now.arrival() : atMostAt(now, age),
        setBack,
        new SensorClock(Optional.of(now), Optional.of(before)));
  }

  private static Instant atMostAt(Last now, Duration age) {
    return age.isNegative() ? now.arrival() : now.arrival().minus(age);
  }
}
