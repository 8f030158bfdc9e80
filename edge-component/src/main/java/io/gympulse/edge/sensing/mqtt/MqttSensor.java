package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.edge.sensing.mqtt.PayloadReader.StatedValue;
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
  private final LevelState level;
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
    this.level = new LevelState(source.mapping().level().rule());
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
                  counter.value(it.value().text());
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
      case ReadResult.Malformed<SensorInput.Reading>(Defect defect) -> {
        malformed(defect, arrival);
        reader.otherNames(message).forEach(counter::seen);
      }
    }
    return result;
  }

  /// Counts a message that could not be read.
  void malformed(Defect defect, Instant arrival) {
    counter.malformed(arrival, defect.toString());
  }

  SensorStats stats() {
    return counter.stats();
  }

  /// Whether a retained message is outdated: a pulse is over, unless the sensor
  /// reports the end of pulses, and nothing is known of a device that is unavailable.
  private boolean isOutdated() {
    return !retainedIsValid || isUnavailable();
  }

  private ReadResult<SensorInput.Reading> reading(StatedValue stated, Instant arrival) {
    return level
        .of(stated.value(), stated.timestamp(), arrival)
        .then(it -> reading(it, stated.timestamp(), arrival));
  }

  private ReadResult<SensorInput.Reading> reading(
      boolean active, Optional<Instant> timestamp, Instant arrival) {
    Optional<SensorClock.Dated> dated = clock.date(active, timestamp, arrival, wall);
    if (dated.isEmpty()) {
      return ReadResult.nothing();
    }
    clock = dated.get().next();
    unavailableBy.clear();
    return ReadResult.value(new SensorInput.Reading(id, active, dated.get().at()));
  }

  /// Handles a report that the device is unavailable.
  ///
  /// @return whether it has to be reported
  boolean unavailable(String topic) {
    boolean changed = unavailableBy.isEmpty() || !unavailabilityReported;
    unavailableBy.add(topic);
    unavailabilityReported = true;
    level.reset();
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
}
