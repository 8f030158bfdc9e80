package io.gympulse.sim.sensor;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;

/// Readings of devices that store them, with their stamps, while they are out of range, and send
/// them at once afterwards. Only devices whose messages have a stamp do so. Each is out of range
/// once each [#OUTAGE_INTERVAL], at its own time. Infinite and in order of time, as its source is.
/// Not thread-safe.
public final class DelayedReadings implements Iterator<SimulatedReading> {
  public static final Duration OUTAGE_INTERVAL = Duration.ofMinutes(30);

  private final Iterator<SimulatedReading> sensors;
  private final Duration outage;
  private final PriorityQueue<SimulatedReading> due =
      new PriorityQueue<>(
          Comparator.comparing(SimulatedReading::at).thenComparing(SimulatedReading::measuredAt));
  private SimulatedReading next;

  /// @param sensors infinite, in order of time
  public DelayedReadings(Iterator<SimulatedReading> sensors, DeliveryFaults faults) {
    this.sensors = sensors;
    this.outage = faults.outages().orElse(Duration.ZERO);
    next = sensors.next();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public SimulatedReading next() {
    while (due.isEmpty() || !next.at().isAfter(due.element().at())) {
      due.add(next.sentAt(sentAt(next), next.cause()));
      next = sensors.next();
    }
    return due.remove();
  }

  private Instant sentAt(SimulatedReading reading) {
    Sensor sensor = reading.sensor().sensor();
    if (outage.isZero() || !stampsReadings(sensor)) {
      return reading.at();
    }
    long interval = OUTAGE_INTERVAL.toMillis();
    long phase = Math.floorMod(sensor.id().value().hashCode(), interval);
    long since = Math.floorMod(reading.at().toEpochMilli() - phase, interval);
    return since < outage.toMillis()
        ? reading.at().plusMillis(outage.toMillis() - since)
        : reading.at();
  }

  private static boolean stampsReadings(Sensor sensor) {
    return sensor.source() instanceof SourceConfig.Mqtt mqtt
        && mqtt.mapping().timestamp().isPresent()
        && !SimulatedSensor.isZigbee(sensor);
  }
}
