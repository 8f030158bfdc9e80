package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttPreset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which readings of a sensor may be old, and what an old one is worth: a level may still be valid,
/// a pulse is over. A reading may be old if the broker had retained it, if its timestamp says so,
/// or if its bridge has just started and sends all last readings again. Not thread-safe.
final class OldReadings {
  private static final Duration RESEND_TIME = Duration.ofSeconds(10);

  private final MqttPreset preset;
  private final boolean staysValid;
  private final Optional<Duration> offDelay;
  private final Freshness freshness = new Freshness();
  private Instant resentUntil = Instant.MIN;

  /// @param source the sensor's
  OldReadings(Sensor sensor, SourceConfig.Mqtt source) {
    this.preset = source.preset();
    this.staysValid = sensor.behaviour().model() == Model.LEVEL || source.reportsEnd();
    this.offDelay = sensor.timing().offDelay();
  }

  /// @param age of the timestamp, by the gateway's wall clock; empty if it is unknown
  boolean isOld(
      Optional<Instant> timestamp, Optional<Duration> age, boolean retained, Instant arrival) {
    boolean stale =
        timestamp.isPresent() && age.isPresent() && freshness.isStale(timestamp.get(), age.get());
    return stale || retained || arrival.isBefore(resentUntil);
  }

  /// Whether an old reading says nothing of the present.
  boolean areOutdated() {
    return !staysValid;
  }

  /// Whether an activity of this age has ended, as no report of the sensor is valid for longer.
  boolean isOver(Optional<Duration> age) {
    return age.isPresent() && offDelay.filter(it -> age.get().compareTo(it) > 0).isPresent();
  }

  /// Handles a device or bridge that has just come online.
  void cameOnline(String availabilityTopic, Instant at) {
    if (preset.resendsReadings(availabilityTopic)) {
      resentUntil = at.plus(RESEND_TIME);
    }
  }

  /// Handles the end of a message, which may have several readings.
  void messageEnded() {
    freshness.messageEnded();
  }
}
