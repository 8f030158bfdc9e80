package io.gympulse.edge.sensing;

import io.gympulse.contract.id.SensorId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records everything that a source delivers.
public final class RecordingListener implements ReadingSource.Listener {
  private final List<SensorReading> readings = new CopyOnWriteArrayList<>();
  private final List<SensorId> unavailable = new CopyOnWriteArrayList<>();
  private final List<SensorId> available = new CopyOnWriteArrayList<>();
  private final List<SourceStatus> statuses = new CopyOnWriteArrayList<>();

  @Override
  public void reading(SensorReading reading) {
    readings.add(reading);
  }

  @Override
  public void unavailable(Set<SensorId> sensors) {
    unavailable.addAll(sensors);
  }

  @Override
  public void available(Set<SensorId> sensors) {
    available.addAll(sensors);
  }

  @Override
  public void statusChanged(SourceStatus status) {
    statuses.add(status);
  }

  public List<SensorReading> readings() {
    return readings;
  }

  public List<SensorId> unavailable() {
    return unavailable;
  }

  public List<SensorId> available() {
    return available;
  }

  public List<SourceStatus> statuses() {
    return statuses;
  }
}
