package io.gympulse.sim.sensor;

import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SimulatedReadings.Cause;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/// Readings as they come through the radio and, for Zigbee devices, through a bridge: some reports
/// of inactivity are lost, and the bridge publishes what it received last with each message about
/// the device, and of all devices when it restarts. Infinite and in order of time, as its source
/// is. Not thread-safe.
public final class BridgedReadings implements Iterator<SimulatedReading> {
  private final Iterator<SimulatedReading> sensors;
  private final DeliveryFaults faults;
  private final Seed seed;
  private final Map<SensorId, SimulatedReading> cached = new LinkedHashMap<>();
  private final Queue<SimulatedReading> due = new ArrayDeque<>();
  private Optional<Instant> restart = Optional.empty();
  private SimulatedReading next;

  /// @param sensors infinite, in order of time
  public BridgedReadings(Iterator<SimulatedReading> sensors, DeliveryFaults faults, Seed seed) {
    this.sensors = sensors;
    this.faults = faults;
    this.seed = seed.split("lost");
    next = sensors.next();
    restart = faults.bridgeRestarts().map(next.at()::plus);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public SimulatedReading next() {
    while (due.isEmpty()) {
      if (restart.filter(it -> !it.isAfter(next.at())).isPresent()) {
        restart();
      } else {
        received(next).ifPresent(due::add);
        next = sensors.next();
      }
    }
    SimulatedReading first = due.poll();
    if (first == null) {
      throw new NoSuchElementException("the sensors send nothing more");
    }
    return first;
  }

  private void restart() {
    Instant at = restart.orElseThrow();
    cached.values().forEach(it -> due.add(it.sentAt(at, Cause.BRIDGE_RESTART)));
    restart = faults.bridgeRestarts().map(at::plus);
  }

  private Optional<SimulatedReading> received(SimulatedReading reading) {
    if (isLost(reading)) {
      return Optional.empty();
    }
    if (!SimulatedSensor.isZigbee(reading.sensor().sensor())) {
      return Optional.of(reading);
    }
    SensorId sensor = reading.sensor().sensor().id();
    SimulatedReading known = cached.getOrDefault(sensor, reading);
    SimulatedReading sent =
        reading.cause() == Cause.CHECK_IN ? reading.withLevelOf(known) : reading;
    cached.put(sensor, sent);
    return Optional.of(sent);
  }

  private boolean isLost(SimulatedReading reading) {
    return faults.lostOffs() > 0
        && !reading.active()
        && reading.cause() == Cause.CHANGE
        && draw(reading) < faults.lostOffs();
  }

  private double draw(SimulatedReading reading) {
    return seed.split(reading.sensor().sensor().id().value())
        .split(reading.at().toEpochMilli())
        .random()
        .nextDouble();
  }
}
