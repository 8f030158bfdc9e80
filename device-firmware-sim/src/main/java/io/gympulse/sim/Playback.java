package io.gympulse.sim;

import io.gympulse.process.ProcessClock;
import io.gympulse.sim.day.TruthTransition;
import io.gympulse.sim.sensor.SensorReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Consumer;

/// Lets a day happen on a clock: each truth is noted and each reading is published when its time
/// has come, the truth first. What is late happens at once and in order. Not thread-safe.
final class Playback {

  /// Takes note of what really happened.
  @FunctionalInterface
  interface TruthSink {
    void append(TruthTransition transition) throws IOException;
  }

  private final ProcessClock clock;
  private final Stop stop;
  private final TruthSink truth;
  private final Consumer<SensorReading> sensors;

  Playback(ProcessClock clock, Stop stop, TruthSink truth, Consumer<SensorReading> sensors) {
    this.clock = clock;
    this.stop = stop;
    this.truth = truth;
    this.sensors = sensors;
  }

  /// Plays until `end` (exclusive) or until the stop is requested.
  ///
  /// @param transitions endless, ascending
  /// @param readings endless, ascending
  /// @throws IOException if the truth cannot be noted
  void run(Iterator<TruthTransition> transitions, Iterator<SensorReading> readings, Instant end)
      throws IOException, InterruptedException {
    TruthTransition fact = transitions.next();
    SensorReading said = readings.next();
    while (true) {
      boolean factFirst = !fact.at().isAfter(said.at());
      Instant due = factFirst ? fact.at() : said.at();
      if (!due.isBefore(end)) {
        waitUntil(end);
        return;
      }
      if (!waitUntil(due)) {
        return;
      }
      if (factFirst) {
        truth.append(fact);
        fact = transitions.next();
      } else {
        sensors.accept(said);
        said = readings.next();
      }
    }
  }

  private boolean waitUntil(Instant due) throws InterruptedException {
    long scaled = Duration.between(clock.instant(), due).toNanos();
    return stop.pause(Duration.ofNanos(Math.round(scaled / clock.rate())));
  }
}
