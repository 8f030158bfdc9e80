package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A source of one sensor that says what it is told to.
final class HandFedSource implements ReadingSource {
  private final CompletableFuture<ReadingSource.Listener> listener = new CompletableFuture<>();
  private final SensorId sensor;

  HandFedSource(String sensor) {
    this.sensor = new SensorId(sensor);
  }

  void says(boolean active, Instant at) {
    listener.join().reading(new SensorReading(sensor, active, at));
  }

  void becomes(SourceStatus status) {
    listener.join().statusChanged(status);
  }

  void isAway() {
    listener.join().unavailable(sensors(), "it says so");
  }

  void isBack() {
    listener.join().available(sensors());
  }

  @Override
  public Set<SensorId> sensors() {
    return Set.of(sensor);
  }

  @Override
  public void start(ReadingSource.Listener it) {
    listener.complete(it);
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus.Running();
  }

  @Override
  public void close() {}
}
