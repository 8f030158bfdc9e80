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

/// The inputs of all sensors, in a bounded [SensorQueue] each, polled in the order of their times;
/// of equal times, one of each sensor in turn. An input therefore waits only for older ones, at
/// most a full queue of every other sensor, however much one of them sends. Safe for any number of
/// threads; adding never blocks.
final class InputQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<SensorId, SensorQueue> queues = new HashMap<>();
  private final Queue<Head> heads = new PriorityQueue<>();
  private long tickets;

  /// A sensor queue that is not empty, and the time of its next input, which stays the same until
  /// that is polled.
  private record Head(SensorQueue queue, Instant next, long ticket) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byTime = next.compareTo(other.next);
      return byTime == 0 ? Long.compare(ticket, other.ticket) : byTime;
    }
  }

  /// @param sensors whose inputs are accepted; inputs of others are ignored
  InputQueue(Collection<SensorId> sensors) {
    sensors.forEach(it -> queues.put(it, new SensorQueue(it)));
  }

  void add(SensorId sensor, DetectorInput.SensorInput input) {
    SensorQueue queue = queues.get(sensor);
    if (queue == null) {
      return;
    }
    lock.lock();
    try {
      boolean first = queue.isEmpty();
      queue.add(input);
      if (first) {
        addHead(queue);
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void addHead(SensorQueue queue) {
    queue.oldest().ifPresent(it -> heads.add(new Head(queue, it, tickets++)));
  }

  /// Waits until there is an input or the time is over.
  void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (heads.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Removes the next input, if there is one.
  Optional<DetectorInput.SensorInput> poll() {
    lock.lock();
    try {
      Head first = heads.poll();
      if (first == null) {
        return Optional.empty();
      }
      Optional<DetectorInput.SensorInput> input = first.queue().poll();
      addHead(first.queue());
      return input;
    } finally {
      lock.unlock();
    }
  }

  /// The earliest time of an input that is still queued.
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return Optional.ofNullable(heads.peek()).map(Head::next);
    } finally {
      lock.unlock();
    }
  }

  /// Readings dropped since the start.
  long dropped() {
    lock.lock();
    try {
      return queues.values().stream().mapToLong(SensorQueue::dropped).sum();
    } finally {
      lock.unlock();
    }
  }
}
