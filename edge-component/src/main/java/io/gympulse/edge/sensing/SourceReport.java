package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a source knows of itself and its sensors at one moment.
public record SourceReport(SourceStatus status, Map<SensorId, SensorReport> sensors) {
  public SourceReport {
    sensors = Map.copyOf(sensors);
  }

  public long readings() {
    return sensors.values().stream().mapToLong(SensorReport::readings).sum();
  }

  public long malformed() {
    return sensors.values().stream().mapToLong(SensorReport::malformed).sum();
  }

  /// The sensors whose device is said to be away, in order.
  public Set<SensorId> unavailable() {
    Set<SensorId> unavailable = new TreeSet<>();
    sensors.forEach(
        (id, sensor) -> {
          if (!sensor.available()) {
            unavailable.add(id);
          }
        });
    return unavailable;
  }
}
