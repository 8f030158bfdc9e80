package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.mqtt.PayloadReader.StatedLevel;
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
  private SensorClock clock = SensorClock.unknown();

  /// @param source the sensor's
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised
  MqttSensor(Sensor sensor, SourceConfig.Mqtt source, Function<Instant, Optional<Instant>> wall) {
    this.id = sensor.id();
    this.retainedIsValid = sensor.behaviour() == Behaviour.LEVEL || source.reportsEnd();
    this.reader = new PayloadReader(source.mapping());
    this.wall = wall;
  }

  SensorId id() {
    return id;
  }

  /// Reads a message of the sensor's topic. A reading shows that its device is available.
  ///
  /// @param arrival on the gateway's timeline
  ReadResult<SensorReading> read(MqttMessage message, Instant arrival) {
    return reader
        .read(message)
        .then(
            it ->
                message.isRetained() && isOutdated() ? ReadResult.nothing() : reading(it, arrival));
  }

  /// Whether a retained message is outdated: a pulse is over, unless the sensor
  /// reports the end of pulses, and nothing is known of a device that is unavailable.
  private boolean isOutdated() {
    return !retainedIsValid || isUnavailable();
  }

  private ReadResult<SensorReading> reading(StatedLevel level, Instant arrival) {
    Optional<SensorClock.Dated> dated = clock.date(level, arrival, wall);
    if (dated.isEmpty()) {
      return ReadResult.nothing();
    }
    clock = dated.get().next();
    unavailableBy.clear();
    return ReadResult.value(new SensorReading(id, level.active(), dated.get().at()));
  }

  /// Handles a report that the device is unavailable.
  ///
  /// @return whether the listener has to be notified
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

  /// Handles the loss of the connection. If the device is then reported as unavailable again, the
  /// listener has to be notified again, since a status of the source makes no difference between
  /// sensors.
  void disconnected() {
    unavailabilityReported = false;
    resetClock();
  }

  /// So that the next reading counts even if it repeats the last one.
  private void resetClock() {
    clock = SensorClock.unknown();
  }
}
