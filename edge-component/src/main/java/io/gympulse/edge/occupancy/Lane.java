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
  private final Queue<DetectorInput> waiting = new ArrayDeque<>();
  private Optional<DetectorInput> flood = Optional.empty();
  private Optional<DetectorInput> lastStatus = Optional.empty();
  private Optional<DetectorInput> lastReading = Optional.empty();
  private long dropped;

  Lane(SensorId sensor) {
    this.sensor = sensor;
  }

  void add(DetectorInput input) {
    if (flood.isEmpty() && waiting.size() < CAPACITY) {
      waiting.add(input);
      return;
    }
    if (flood.isEmpty()) {
      flood = Optional.of(new DetectorInput.Flooded(sensor, input.at()));
    }
    dropped += lastReading.isPresent() ? 1 : 0;
    if (input instanceof DetectorInput.Reading) {
      lastReading = Optional.of(input);
    } else {
      lastStatus = Optional.of(input);
      lastReading = Optional.empty();
    }
  }

  Optional<DetectorInput> poll() {
    if (waiting.isEmpty()) {
      flood.ifPresent(waiting::add);
      lastStatus.ifPresent(waiting::add);
      lastReading.ifPresent(waiting::add);
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
    return Optional.ofNullable(waiting.peek()).or(() -> flood).map(DetectorInput::at);
  }

  /// Readings dropped since the start.
  long dropped() {
    return dropped;
  }
}
