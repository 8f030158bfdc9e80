package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the sensors of a floor have to tell, a bounded [Lane] for each, taken in turn: an input is
/// behind at most one of every other sensor, however much one of them says. Safe for any number of
/// threads; nobody waits to add.
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<SensorId, Lane> lanes = new HashMap<>();
  private final Queue<Lane> line = new ArrayDeque<>();

  /// @param sensors whose inputs are taken; others' are not heard
  Inbox(Collection<SensorId> sensors) {
    sensors.forEach(it -> lanes.put(it, new Lane(it)));
  }

  void add(SensorId sensor, DetectorInput.OfSensor input) {
    Lane lane = lanes.get(sensor);
    if (lane == null) {
      return;
    }
    lock.lock();
    try {
      if (lane.isEmpty()) {
        line.add(lane);
      }
      lane.add(input);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is an input or the time is over.
  void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (line.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next input, if there is one.
  Optional<DetectorInput.OfSensor> poll() {
    lock.lock();
    try {
      Lane lane = line.poll();
      if (lane == null) {
        return Optional.empty();
      }
      Optional<DetectorInput.OfSensor> input = lane.poll();
      if (!lane.isEmpty()) {
        line.add(lane);
      }
      return input;
    } finally {
      lock.unlock();
    }
  }

  /// The earliest time of an input that was not taken yet.
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return line.stream().flatMap(it -> it.oldest().stream()).min(Instant::compareTo);
    } finally {
      lock.unlock();
    }
  }

  /// Readings dropped since the start.
  long dropped() {
    lock.lock();
    try {
      return lanes.values().stream().mapToLong(Lane::dropped).sum();
    } finally {
      lock.unlock();
    }
  }
}
