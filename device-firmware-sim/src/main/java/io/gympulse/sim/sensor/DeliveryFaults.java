package io.gympulse.sim.sensor;

import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/// What goes wrong between sensors and broker, in a whole gym.
///
/// @param lostOffs the share of reports of inactivity that are never received, 0 to 1; repeats of
///     the sensor's present level are not lost
/// @param bridgeRestarts the interval at which a Zigbee bridge restarts and publishes all cached
///     readings again; empty for never
/// @param outages how long the devices that stamp their readings are out of range, once each
///     [DelayedReadings#OUTAGE_INTERVAL]; afterwards they send what they stored at once; empty for
///     never
public record DeliveryFaults(
    double lostOffs, Optional<Duration> bridgeRestarts, Optional<Duration> outages) {

  /// @throws IllegalArgumentException if a value is out of its range
  public DeliveryFaults {
    if (!(lostOffs >= 0 && lostOffs <= 1)) {
      throw new IllegalArgumentException(
          "--lost-offs: the share %s is not in 0 to 1".formatted(lostOffs));
    }
    if (bridgeRestarts.filter(it -> it.compareTo(Duration.ofMinutes(1)) < 0).isPresent()) {
      throw new IllegalArgumentException(
          "--bridge-restarts: a bridge restarts at most once a minute");
    }
    if (outages
        .filter(it -> !it.isPositive() || it.compareTo(DelayedReadings.OUTAGE_INTERVAL) >= 0)
        .isPresent()) {
      throw new IllegalArgumentException(
          "--outages: an outage lasts for 1 s to less than %s"
              .formatted(DelayedReadings.OUTAGE_INTERVAL));
    }
  }

  /// The readings as they are published.
  ///
  /// @param readings infinite, in order of time
  public Iterator<SimulatedReading> applyTo(Iterator<SimulatedReading> readings, Seed seed) {
    return new DelayedReadings(new BridgedReadings(readings, this, seed), this);
  }

  public static DeliveryFaults none() {
    return new DeliveryFaults(0, Optional.empty(), Optional.empty());
  }

  public static DeliveryFaults lostOffs(double share) {
    return new DeliveryFaults(share, Optional.empty(), Optional.empty());
  }
}
