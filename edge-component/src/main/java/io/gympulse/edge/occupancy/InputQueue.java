package io.gympulse.edge.occupancy;

import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
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

  void add(SensorInput input) {
    SensorQueue queue = queues.get(input.sensor());
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
  Optional<SensorInput> poll() {
    lock.lock();
    try {
      Head first = heads.poll();
      if (first == null) {
        return Optional.empty();
      }
      Optional<SensorInput> input = first.queue().poll();
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

  /// The bounded FIFO queue of one sensor's inputs. When it is full, readings are dropped; the
  /// inputs that were kept are followed by an [SensorInput.Overflow], the last status and the
  /// last reading, so that the state after the overflow is up to date. Not thread-safe.
  static final class SensorQueue {
    /// More than a healthy sensor sends while the gateway is stalled for a minute.
    static final int CAPACITY = 128;

    private final SensorId sensor;
    private final Queue<SensorInput> waiting = new ArrayDeque<>();
    private Optional<SensorInput> overflow = Optional.empty();
    private Optional<SensorInput> lastStatus = Optional.empty();
    private Optional<SensorInput> lastReading = Optional.empty();
    // The last reading, whether it was queued or dropped, unless a later status has invalidated it.
    private Optional<SensorInput> validReading = Optional.empty();
    private long dropped;

    SensorQueue(SensorId sensor) {
      this.sensor = sensor;
    }

    void add(SensorInput input) {
      updateValidReading(input);
      if (overflow.isEmpty() && waiting.size() < CAPACITY) {
        waiting.add(input);
        return;
      }
      if (overflow.isEmpty()) {
        overflow = Optional.of(new SensorInput.Overflow(sensor, input.at()));
      }
      boolean replaces = lastReading.isPresent() && !(input instanceof SensorInput.SourceUp);
      dropped += replaces ? 1 : 0;
      switch (input) {
        case SensorInput.Reading it -> lastReading = Optional.of(it);
        // An unavailable device stays unavailable when its source comes up.
        case SensorInput.SourceUp it ->
            lastStatus =
                lastStatus
                    .filter(SensorInput.Unavailable.class::isInstance)
                    .or(() -> Optional.of(it));
        case SensorInput.SourceDown it -> invalidate(it);
        case SensorInput.Unavailable it -> invalidate(it);
        case SensorInput.Overflow it -> invalidate(it);
      }
    }

    private void updateValidReading(SensorInput input) {
      if (input instanceof SensorInput.Reading) {
        validReading = Optional.of(input);
      } else if (!(input instanceof SensorInput.SourceUp)) {
        validReading = Optional.empty();
      }
    }

    private void invalidate(SensorInput by) {
      lastStatus = Optional.of(by);
      lastReading = Optional.empty();
    }

    Optional<SensorInput> poll() {
      if (waiting.isEmpty()) {
        overflow.ifPresent(waiting::add);
        lastStatus.ifPresent(waiting::add);
        // The overflow resets the detector, so the last valid reading follows even if it was
        // queued.
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
      return Optional.ofNullable(waiting.peek()).or(() -> overflow).map(SensorInput::at);
    }

    /// Readings dropped since the start.
    long dropped() {
      return dropped;
    }
  }
}
