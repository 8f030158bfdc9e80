package io.gympulse.sim;

import io.gympulse.process.ProcessClock;
import io.gympulse.sim.day.GroundTruth.Transition;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Consumer;

/// Plays a simulated day on a clock: at their times, ground-truth transitions are recorded and
/// readings published, the transition first if the times are equal. Late ones follow at once, in
/// order. Not thread-safe.
final class Playback {

  /// Records the ground truth.
  @FunctionalInterface
  interface TruthSink {
    void append(Transition transition) throws IOException;
  }

  private final ProcessClock clock;
  private final StopSignal stop;
  private final TruthSink truth;
  private final Consumer<SimulatedReading> sensors;

  Playback(
      ProcessClock clock, StopSignal stop, TruthSink truth, Consumer<SimulatedReading> sensors) {
    this.clock = clock;
    this.stop = stop;
    this.truth = truth;
    this.sensors = sensors;
  }

  /// Plays until `end` (exclusive) or until the stop is requested.
  ///
  /// @param transitions endless, ascending
  /// @param readings endless, ascending
  /// @throws IOException if the ground truth cannot be recorded
  void run(Iterator<Transition> transitions, Iterator<SimulatedReading> readings, Instant end)
      throws IOException, InterruptedException {
    Transition transition = transitions.next();
    SimulatedReading reading = readings.next();
    while (true) {
      boolean transitionFirst = !transition.at().isAfter(reading.at());
      Instant due = transitionFirst ? transition.at() : reading.at();
      if (!due.isBefore(end)) {
        waitUntil(end);
        return;
      }
      if (!waitUntil(due)) {
        return;
      }
      if (transitionFirst) {
        truth.append(transition);
        transition = transitions.next();
      } else {
        sensors.accept(reading);
        reading = readings.next();
      }
    }
  }

  private boolean waitUntil(Instant due) throws InterruptedException {
    long scaled = Duration.between(clock.instant(), due).toNanos();
    return stop.pause(Duration.ofNanos(Math.round(scaled / clock.rate())));
  }
}
