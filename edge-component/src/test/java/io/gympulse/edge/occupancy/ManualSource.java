package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A source of one sensor, operated by hand.
final class ManualSource implements ReadingSource {
  private final CompletableFuture<Listener> listener = new CompletableFuture<>();
  private final SensorId sensor;

  ManualSource(String sensor) {
    this.sensor = new SensorId(sensor);
  }

  void read(boolean active, Instant at) {
    listener.join().reading(new SensorReading(sensor, active, at));
  }

  void setStatus(SourceStatus status) {
    listener.join().statusChanged(status);
  }

  void setUnavailable() {
    listener.join().unavailable(sensors());
  }

  void setAvailable() {
    listener.join().available(sensors());
  }

  @Override
  public Set<SensorId> sensors() {
    return Set.of(sensor);
  }

  @Override
  public void start(Listener it) {
    listener.complete(it);
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus.Running();
  }

  @Override
  public void close() {}
}
