package io.gympulse.edge.sensing.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Decides how far a sensor's own clock, which may be wrong, is used. A timestamp can date a
/// reading back from its arrival by up to a minute, never forward, and it can reveal that a
/// reading is a repeat. A change is never dropped because of its timestamp.
///
/// The date of a reading may still be moved forward later: the gateway's watermark advances each
/// second, and an earlier reading is dated to the watermark. So a timestamp usually gains about a
/// second; more only while something else holds the watermark back, such as a level that has not
/// settled. Immutable.
///
/// @param last the last reading whose timestamp was used
/// @param opposite the timestamp of the last reading of the opposite level
record SensorClock(Optional<Last> last, Optional<Instant> opposite) {
  static final Duration FURTHEST_BACK = Duration.ofSeconds(60);

  /// By how much a clock may be ahead; two clocks that are both set by the network differ by
  /// less.
  static final Duration FURTHEST_AHEAD = Duration.ofSeconds(2);

  /// After a clock was set back, repeats of its sensor are dropped for no longer than this.
  static final Duration ORDER_KEPT_FOR = Duration.ofSeconds(10);

  /// @param timestamp by the sensor's clock
  /// @param arrival on the gateway's timeline
  record Last(Instant timestamp, boolean active, Instant arrival) {}

  /// A reading with its date.
  ///
  /// @param at when the reading counts as having happened, on the gateway's timeline
  record Dated(Instant at, SensorClock next) {}

  static SensorClock unknown() {
    return new SensorClock(Optional.empty(), Optional.empty());
  }

  /// @param arrival on the gateway's timeline
  /// @param wall the wall time of a moment on the timeline; empty while the gateway's own clock
  ///     is not synchronised, so that no sensor's clock can be judged
  /// @return empty if the reading is a repeat or older than the last one of the same level
  Optional<Dated> date(
      boolean active,
      Optional<Instant> timestamp,
      Instant arrival,
      Function<Instant, Optional<Instant>> wall) {
    if (timestamp.isEmpty()) {
      return dated(arrival, this);
    }
    Last now = new Last(timestamp.get(), active, arrival);
    return wall.apply(arrival)
        .map(it -> date(now, Duration.between(now.timestamp(), it)))
        .orElseGet(() -> dated(arrival, this));
  }

  private static Optional<Dated> dated(Instant at, SensorClock next) {
    return Optional.of(new Dated(at, next));
  }

  private Optional<Dated> date(Last now, Duration age) {
    if (age.plus(FURTHEST_AHEAD).isNegative() || age.compareTo(FURTHEST_BACK) > 0) {
      return dated(now.arrival(), this);
    }
    if (last.isEmpty() || last.get().active() == now.active()) {
      return last.filter(it -> isRepeat(now, it)).isPresent()
          ? Optional.empty()
          : dated(backdated(now, age), new SensorClock(Optional.of(now), opposite));
    }
    return dateChange(now, age, last.get().timestamp());
  }

  private static boolean isRepeat(Last now, Last before) {
    return now.timestamp().equals(before.timestamp())
        || (now.timestamp().isBefore(before.timestamp())
            && now.arrival().isBefore(before.arrival().plus(ORDER_KEPT_FOR)));
  }

  /// A change with an earlier timestamp than the last reading means that the clock was set back,
  /// unless it repeats the last reading of its level.
  private Optional<Dated> dateChange(Last now, Duration age, Instant before) {
    if (opposite.filter(now.timestamp()::equals).isPresent()) {
      return Optional.empty();
    }
    boolean setBack = now.timestamp().isBefore(before);
    return dated(
        setBack ? now.arrival() : backdated(now, age),
        new SensorClock(Optional.of(now), Optional.of(before)));
  }

  private static Instant backdated(Last now, Duration age) {
    return age.isNegative() ? now.arrival() : now.arrival().minus(age);
  }
}
