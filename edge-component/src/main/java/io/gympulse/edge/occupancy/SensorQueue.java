package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// The bounded FIFO queue of one sensor's inputs. When it is full, readings are dropped; the inputs
/// that were kept are followed by an [DetectorInput.Overflow], the last status and the last
/// reading, so that the state after the overflow is up to date. Not thread-safe.
final class SensorQueue {
  /// More than a healthy sensor sends while the gateway is stalled for a minute.
  static final int CAPACITY = 128;

  private final SensorId sensor;
  private final Queue<DetectorInput.SensorInput> waiting = new ArrayDeque<>();
  private Optional<DetectorInput.SensorInput> overflow = Optional.empty();
  private Optional<DetectorInput.SensorInput> lastStatus = Optional.empty();
  private Optional<DetectorInput.SensorInput> lastReading = Optional.empty();
  // The last reading, whether it was queued or dropped, unless a later status has invalidated it.
  private Optional<DetectorInput.SensorInput> validReading = Optional.empty();
  private long dropped;

  SensorQueue(SensorId sensor) {
    this.sensor = sensor;
  }

  void add(DetectorInput.SensorInput input) {
    updateValidReading(input);
    if (overflow.isEmpty() && waiting.size() < CAPACITY) {
      waiting.add(input);
      return;
    }
    if (overflow.isEmpty()) {
      overflow = Optional.of(new DetectorInput.Overflow(sensor, input.at()));
    }
    boolean replaces = lastReading.isPresent() && !(input instanceof DetectorInput.SourceUp);
    dropped += replaces ? 1 : 0;
    switch (input) {
      case DetectorInput.Reading it -> lastReading = Optional.of(it);
      // An unavailable device stays unavailable when its source comes up.
      case DetectorInput.SourceUp it ->
          lastStatus =
              lastStatus
                  .filter(DetectorInput.Unavailable.class::isInstance)
                  .or(() -> Optional.of(it));
      case DetectorInput.SourceDown it -> invalidate(it);
      case DetectorInput.Unavailable it -> invalidate(it);
      case DetectorInput.Overflow it -> invalidate(it);
    }
  }

  private void updateValidReading(DetectorInput.SensorInput input) {
    if (input instanceof DetectorInput.Reading) {
      validReading = Optional.of(input);
    } else if (!(input instanceof DetectorInput.SourceUp)) {
      validReading = Optional.empty();
    }
  }

  private void invalidate(DetectorInput.SensorInput by) {
    lastStatus = Optional.of(by);
    lastReading = Optional.empty();
  }

  Optional<DetectorInput.SensorInput> poll() {
    if (waiting.isEmpty()) {
      overflow.ifPresent(waiting::add);
      lastStatus.ifPresent(waiting::add);
      // The overflow resets the detector, so the last valid reading follows even if it was queued.
      overflow
          .flatMap(it -> lastReading.or(() -> validReading.map(last -> last.withTime(it.at()))))
          .ifPresent(waiting::add);
      overflow = Optional.empty();
      lastStatus = Optional.empty();
      lastReading = Optional.empty();
    }
    return Optional.ofNullable(waiting.poll());
  }

  boolean isEmpty() {
    return waiting.isEmpty() && overflow.isEmpty();
  }

  /// The time of the next input.
  Optional<Instant> oldest() {
    return Optional.ofNullable(waiting.peek())
        .or(() -> overflow)
        .map(DetectorInput.SensorInput::at);
  }

  /// Readings dropped since the start.
  long dropped() {
    return dropped;
  }
}
