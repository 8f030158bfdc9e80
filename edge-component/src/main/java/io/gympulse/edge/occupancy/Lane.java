package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// What one sensor has to tell and what was not taken yet, in order. Bounded: once it is full,
/// readings are dropped, and behind those that were kept comes word of the flood, then the last
/// that was heard, so that what is believed afterwards is neither guessed nor old. Not thread-safe.
final class Lane {
  /// More than a sound sensor says while the gateway is held up for a minute.
  static final int CAPACITY = 128;

  private final SensorId sensor;
  private final Queue<DetectorInput.OfSensor> waiting = new ArrayDeque<>();
  private Optional<DetectorInput.OfSensor> flood = Optional.empty();
  private Optional<DetectorInput.OfSensor> lastStatus = Optional.empty();
  private Optional<DetectorInput.OfSensor> lastReading = Optional.empty();
  // What the sensor said last, whether it was kept or not, if nothing has made it void.
  private Optional<DetectorInput.OfSensor> said = Optional.empty();
  private long dropped;

  Lane(SensorId sensor) {
    this.sensor = sensor;
  }

  void add(DetectorInput.OfSensor input) {
    remember(input);
    if (flood.isEmpty() && waiting.size() < CAPACITY) {
      waiting.add(input);
      return;
    }
    if (flood.isEmpty()) {
      flood = Optional.of(new DetectorInput.Flooded(sensor, input.at()));
    }
    boolean replaces = lastReading.isPresent() && !(input instanceof DetectorInput.SourceUp);
    dropped += replaces ? 1 : 0;
    switch (input) {
      case DetectorInput.Reading it -> lastReading = Optional.of(it);
      // A device that is away stays so when its source comes up.
      case DetectorInput.SourceUp it ->
          lastStatus =
              lastStatus.filter(DetectorInput.Away.class::isInstance).or(() -> Optional.of(it));
      case DetectorInput.SourceDown it -> ended(it);
      case DetectorInput.Away it -> ended(it);
      case DetectorInput.Flooded it -> ended(it);
    }
  }

  private void remember(DetectorInput.OfSensor input) {
    if (input instanceof DetectorInput.Reading) {
      said = Optional.of(input);
    } else if (!(input instanceof DetectorInput.SourceUp)) {
      said = Optional.empty();
    }
  }

  private void ended(DetectorInput.OfSensor by) {
    lastStatus = Optional.of(by);
    lastReading = Optional.empty();
  }

  Optional<DetectorInput.OfSensor> poll() {
    if (waiting.isEmpty()) {
      flood.ifPresent(waiting::add);
      lastStatus.ifPresent(waiting::add);
      // Word of the flood makes it forgotten, though it may have been kept.
      flood
          .flatMap(it -> lastReading.or(() -> said.map(last -> last.movedTo(it.at()))))
          .ifPresent(waiting::add);
      flood = Optional.empty();
      lastStatus = Optional.empty();
      lastReading = Optional.empty();
    }
    return Optional.ofNullable(waiting.poll());
  }

  boolean isEmpty() {
    return waiting.isEmpty() && flood.isEmpty();
  }

  /// The time of the next input.
  Optional<Instant> oldest() {
    return Optional.ofNullable(waiting.peek()).or(() -> flood).map(DetectorInput.OfSensor::at);
  }

  /// Readings dropped since the start.
  long dropped() {
    return dropped;
  }
}
