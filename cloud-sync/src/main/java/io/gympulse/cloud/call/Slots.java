package io.gympulse.cloud.call;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// Which calls may be under way. Destinations take turns: of each the first call that waits, then
/// of the next destination, however many calls wait for one. Nothing waits for a destination that
/// holds up its calls: one that fails again and again has one at a time, and all such destinations
/// together have a quarter of the slots; one whose calls are all overdue has those. For one thread
/// at a time; it starts nothing and knows no time.
///
/// @param <K> names a destination
/// @param <T> stands for a call
final class Slots<K, T> {
  private final Bounds bounds;
  private final Predicate<K> failing;
  private final Map<K, Lane<T>> lanes = new HashMap<>();
  private final Map<T, Running<K>> running = new HashMap<>();
  private final SequencedSet<K> ready = new LinkedHashSet<>();
  private final SequencedMap<T, K> overdue = new LinkedHashMap<>();
  private int waiting;
  private int runningOfFailing;

  /// @param running calls under way
  /// @param perKey calls under way of one destination
  /// @param waiting calls that wait
  record Bounds(int running, int perKey, int waiting) {}

  private record Running<K>(K key, boolean failing) {}

  private static final class Lane<T> {
    private final Queue<T> waiting = new ArrayDeque<>();
    private int running;
    private int overdue;
  }

  /// @param failing whether a destination fails again and again
  Slots(Bounds bounds, Predicate<K> failing) {
    this.bounds = bounds;
    this.failing = failing;
  }

  /// @return false if there is no room for it; else it [has][#isRunning] a slot, or waits
  boolean enter(K key, T call) {
    Lane<T> lane = lane(key);
    boolean fails = failing.test(key);
    boolean room =
        fails
            ? lane.running == 0
                && running.size() < bounds.running()
                && runningOfFailing < Math.max(1, bounds.running() / 4)
            : !isStuck(lane) && waiting < bounds.waiting();
    if (room) {
      lane.waiting.add(call);
      waiting++;
      if (fails) {
        start(key, true);
      }
    }
    sort(key);
    return room;
  }

  /// The next call to be started, which from now on has a slot.
  Optional<T> next() {
    return ready.isEmpty() || running.size() >= bounds.running()
        ? Optional.empty()
        : Optional.of(start(ready.removeFirst(), false));
  }

  private T start(K key, boolean fails) {
    Lane<T> lane = lane(key);
    T call = lane.waiting.remove();
    waiting--;
    lane.running++;
    running.put(call, new Running<>(key, fails));
    runningOfFailing += fails ? 1 : 0;
    sort(key);
    return call;
  }

  boolean isRunning(T call) {
    return running.containsKey(call);
  }

  /// The call has taken long enough to be given up if others need its slot.
  ///
  /// @return calls that wait no longer, since their destination holds up its calls
  List<T> overdue(T call) {
    Running<K> it = running.get(call);
    if (it == null) {
      return List.of();
    }
    if (overdue.putIfAbsent(call, it.key()) == null) {
      lane(it.key()).overdue++;
    }
    return dismissed(it.key());
  }

  /// The call to be given up, since no slot is left and another one waits: the one that is overdue
  /// for longest, if possible to a destination of which nothing is known to be good.
  ///
  /// @param proven destinations to be spared
  Optional<T> victim(Predicate<K> proven) {
    if (running.size() < bounds.running() || ready.isEmpty()) {
      return Optional.empty();
    }
    return overdue.entrySet().stream()
        .filter(it -> !proven.test(it.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> overdue.keySet().stream().findFirst());
  }

  /// The call has ended or waits no longer.
  ///
  /// @return calls that wait no longer, since their destination failed
  List<T> leave(K key, T call) {
    Lane<T> lane = lane(key);
    Running<K> was = running.remove(call);
    if (was != null) {
      lane.running--;
      lane.overdue -= overdue.remove(call) == null ? 0 : 1;
      runningOfFailing -= was.failing() ? 1 : 0;
    } else if (lane.waiting.remove(call)) {
      waiting--;
    }
    return dismissed(key);
  }

  private List<T> dismissed(K key) {
    Lane<T> lane = lane(key);
    List<T> dismissed = List.of();
    if (failing.test(key) || isStuck(lane)) {
      dismissed = List.copyOf(lane.waiting);
      waiting -= dismissed.size();
      lane.waiting.clear();
    }
    sort(key);
    return dismissed;
  }

  private boolean isStuck(Lane<T> lane) {
    return lane.running >= bounds.perKey() && lane.overdue == lane.running;
  }

  private Lane<T> lane(K key) {
    return lanes.computeIfAbsent(key, _ -> new Lane<>());
  }

  /// Puts the destination at the end of those whose turn comes, if it was not there and is to be.
  private void sort(K key) {
    Lane<T> lane = lane(key);
    if (!lane.waiting.isEmpty() && lane.running < bounds.perKey()) {
      ready.add(key);
    } else {
      ready.remove(key);
    }
    if (lane.waiting.isEmpty() && lane.running == 0) {
      lanes.remove(key);
    }
  }
}
