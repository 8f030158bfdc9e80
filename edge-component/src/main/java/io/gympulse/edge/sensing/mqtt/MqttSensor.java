package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.PayloadReader.StatedLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One sensor, the state of its clock and the availability of its device. Not thread-safe.
final class MqttSensor {
  private final SensorId id;
  private final boolean retainedIsValid;
  private final PayloadReader reader;
  private final Function<Instant, Optional<Instant>> wall;
  private final Set<String> unavailableBy = new HashSet<>();
  private boolean unavailabilityReported;
  private final SensorStats.Counter counter = new SensorStats.Counter();
  private SensorClock clock = SensorClock.unknown();

  /// @param source the sensor's
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised
  MqttSensor(Sensor sensor, SourceConfig.Mqtt source, Function<Instant, Optional<Instant>> wall) {
    this.id = sensor.id();
    this.retainedIsValid = sensor.behaviour().model() == Model.LEVEL || source.reportsEnd();
    this.reader = new PayloadReader(source.mapping());
    this.wall = wall;
  }

  SensorId id() {
    return id;
  }

  /// Reads a message of the sensor's topic. A reading shows that its device is available.
  ///
  /// @param arrival on the gateway's timeline
  ReadResult<SensorInput.Reading> read(MqttMessage message, Instant arrival) {
    ReadResult<SensorInput.Reading> result =
        reader
            .read(message)
            .then(
                it -> {
                  counter.value(it.text());
                  return message.isRetained() && isOutdated()
                      ? ReadResult.nothing()
                      : reading(it, arrival);
                });
    switch (result) {
      case ReadResult.Value<SensorInput.Reading> _ -> counter.read(arrival);
      case ReadResult.Nothing<SensorInput.Reading> _ -> {
        counter.ignored(arrival);
        reader.otherNames(message).forEach(counter::seen);
      }
      case ReadResult.Malformed<SensorInput.Reading>(ReadResult.Defect defect) -> {
        counter.malformed(arrival, defect.toString());
        reader.otherNames(message).forEach(counter::seen);
      }
    }
    return result;
  }

  SensorStats stats() {
    return counter.stats();
  }

  /// Whether a retained message is outdated: a pulse is over, unless the sensor
  /// reports the end of pulses, and nothing is known of a device that is unavailable.
  private boolean isOutdated() {
    return !retainedIsValid || isUnavailable();
  }

  private ReadResult<SensorInput.Reading> reading(StatedLevel level, Instant arrival) {
    Optional<SensorClock.Dated> dated = clock.date(level, arrival, wall);
    if (dated.isEmpty()) {
      return ReadResult.nothing();
    }
    clock = dated.get().next();
    unavailableBy.clear();
    return ReadResult.value(new SensorInput.Reading(id, level.active(), dated.get().at()));
  }

  /// Handles a report that the device is unavailable.
  ///
  /// @return whether it has to be reported
  boolean unavailable(String topic) {
    boolean changed = unavailableBy.isEmpty() || !unavailabilityReported;
    unavailableBy.add(topic);
    unavailabilityReported = true;
    resetClock();
    return changed;
  }

  /// Handles a report that the device is available.
  ///
  /// @return whether no topic reports it as unavailable any more
  boolean available(String topic) {
    return unavailableBy.remove(topic) && unavailableBy.isEmpty();
  }

  boolean isUnavailable() {
    return !unavailableBy.isEmpty();
  }

  /// Handles the loss of the connection. If the device is then reported as unavailable again, that
  /// has to be reported again, since a status of the source makes no difference between sensors.
  void disconnected() {
    unavailabilityReported = false;
    resetClock();
  }

  /// So that the next reading counts even if it repeats the last one.
  private void resetClock() {
    clock = SensorClock.unknown();
  }

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
        StatedLevel level, Instant arrival, Function<Instant, Optional<Instant>> wall) {
      if (level.timestamp().isEmpty()) {
        return dated(arrival, this);
      }
      Last now = new Last(level.timestamp().get(), level.active(), arrival);
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
}
