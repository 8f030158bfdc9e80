package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A source of one sensor, operated by hand.
final class ManualSource implements ReadingSource {
  private final CompletableFuture<Consumer<SensorInput>> receiver = new CompletableFuture<>();
  private final SensorId sensor;

  ManualSource(String sensor) {
    this.sensor = new SensorId(sensor);
  }

  void read(boolean active, Instant at) {
    receiver.join().accept(new SensorInput.Reading(sensor, active, at));
  }

  void setUp(Instant at) {
    receiver.join().accept(new SensorInput.SourceUp(sensor, at));
  }

  void setDown(Instant at) {
    receiver.join().accept(new SensorInput.SourceDown(sensor, at));
  }

  void setUnavailable(Instant at) {
    receiver.join().accept(new SensorInput.Unavailable(sensor, at));
  }

  void setUnavailable(Instant at, String reason) {
    receiver.join().accept(new SensorInput.Unavailable(sensor, at, reason));
  }

  @Override
  public Set<SensorId> sensors() {
    return Set.of(sensor);
  }

  @Override
  public void start(Consumer<SensorInput> it) {
    receiver.complete(it);
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus.Running();
  }

  @Override
  public void close() {}
}
