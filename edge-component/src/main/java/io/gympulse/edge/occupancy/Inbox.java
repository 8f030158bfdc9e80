package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the sensors of a floor have to tell, a bounded [Lane] for each, taken in the order of their
/// times however long they had to wait; of those of one time, one of each sensor in turn. So an
/// input is only behind older ones, at most a lane of every other sensor, however much one of them
/// says. Safe for any number of threads; nobody waits to add.
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<SensorId, Lane> lanes = new HashMap<>();
  private final Queue<Place> line = new PriorityQueue<>();
  private long tickets;

  /// A lane that is not empty, and the time of what comes next in it, which stays the same for as
  /// long as that was not taken.
  private record Place(Lane lane, Instant next, long ticket) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = next.compareTo(other.next);
      return byTime == 0 ? Long.compare(ticket, other.ticket) : byTime;
    }
  }

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
      boolean first = lane.isEmpty();
      lane.add(input);
      if (first) {
        queueUp(lane);
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void queueUp(Lane lane) {
    lane.oldest().ifPresent(it -> line.add(new Place(lane, it, tickets++)));
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
      Place first = line.poll();
      if (first == null) {
        return Optional.empty();
      }
      Optional<DetectorInput.OfSensor> input = first.lane().poll();
      queueUp(first.lane());
      return input;
    } finally {
      lock.unlock();
    }
  }

  /// The earliest time of an input that was not taken yet.
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return Optional.ofNullable(line.peek()).map(Place::next);
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
