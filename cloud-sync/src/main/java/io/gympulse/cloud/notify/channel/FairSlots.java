package io.gympulse.cloud.notify.channel;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Assigns a bounded number of slots to calls. Groups of destinations are served round robin, and
/// within a group its destinations: the first queued call of each, however many destinations a
/// group has and however many calls are queued for one. No call is queued for a destination that
/// fails or hangs: a failing one has one call at a time, and all failing ones together have a
/// quarter of the slots; a hanging one, whose calls are all overdue, has those only. For one thread
/// at a time; it starts nothing and reads no clock.
///
/// @param <K> names a destination
/// @param <T> stands for a call
final class FairSlots<K, T> {
  private final Bounds bounds;
  private final Function<K, ?> groupOf;
  private final Predicate<K> failing;
  private final Map<K, Destination<T>> destinations = new HashMap<>();
  private final Map<Object, Group<K>> groups = new HashMap<>();
  private final Map<T, Running<K>> running = new HashMap<>();
  private final SequencedSet<Object> ready = new LinkedHashSet<>();
  private final SequencedMap<T, K> overdue = new LinkedHashMap<>();
  private int queued;
  private int runningOfFailing;

  /// @param running calls with a slot
  /// @param perKey calls with a slot of one destination
  /// @param perGroup calls with a slot of one group
  /// @param queued calls without a slot
  /// @param queuedPerGroup calls without a slot of one group
  record Bounds(int running, int perKey, int perGroup, int queued, int queuedPerGroup) {}

  private record Running<K>(K key, boolean failing) {}

  private static final class Destination<T> {
    private final Queue<T> queued = new ArrayDeque<>();
    private int running;
    private int overdue;
  }

  private static final class Group<K> {
    private final SequencedSet<K> ready = new LinkedHashSet<>();
    private int running;
    private int queued;
  }

  /// @param groupOf the group that a destination belongs to
  /// @param failing whether a destination's circuit has opened and no call has succeeded since
  FairSlots(Bounds bounds, Function<K, ?> groupOf, Predicate<K> failing) {
    this.bounds = bounds;
    this.groupOf = groupOf;
    this.failing = failing;
  }

  /// @return false if it is rejected; else it [has][#isRunning] a slot, or is queued
  boolean enter(K key, T call) {
    Destination<T> destination = destination(key);
    Group<K> group = group(key);
    boolean fails = failing.test(key);
    boolean room =
        fails
            ? destination.running == 0
                && running.size() < bounds.running()
                && group.running < bounds.perGroup()
                && runningOfFailing < Math.max(1, bounds.running() / 4)
            : !isHanging(destination)
                && queued < bounds.queued()
                && group.queued < bounds.queuedPerGroup();
    if (room) {
      destination.queued.add(call);
      addQueued(group, 1);
      if (fails) {
        start(key, true);
      }
    }
    updateReady(key);
    return room;
  }

  /// The next call to be started, which from now on has a slot.
  Optional<T> next() {
    if (ready.isEmpty() || running.size() >= bounds.running()) {
      return Optional.empty();
    }
    Object first = ready.removeFirst();
    Group<K> group = Objects.requireNonNull(groups.get(first), "a ready group is in the map");
    return Optional.of(start(group.ready.removeFirst(), false));
  }

  private T start(K key, boolean fails) {
    Destination<T> destination = destination(key);
    Group<K> group = group(key);
    T call = destination.queued.remove();
    addQueued(group, -1);
    destination.running++;
    group.running++;
    running.put(call, new Running<>(key, fails));
    runningOfFailing += fails ? 1 : 0;
    updateReady(key);
    return call;
  }

  boolean isRunning(T call) {
    return running.containsKey(call);
  }

  /// The call has taken long enough to be cancelled if others need its slot.
  ///
  /// @return queued calls that are rejected, since their destination hangs
  List<T> overdue(T call) {
    Running<K> it = running.get(call);
    if (it == null) {
      return List.of();
    }
    if (overdue.putIfAbsent(call, it.key()) == null) {
      destination(it.key()).overdue++;
    }
    return rejected(it.key());
  }

  /// The call to cancel, since no slot is left, of all or of its group, and another call is queued:
  /// the one that has been overdue for longest, if possible to a destination that is not proven.
  ///
  /// @param proven destinations whose calls are cancelled last
  Optional<T> victim(Predicate<K> proven) {
    boolean full = running.size() >= bounds.running() && !ready.isEmpty();
    List<Map.Entry<T, K>> candidates =
        overdue.entrySet().stream().filter(it -> full || isFull(group(it.getValue()))).toList();
    return candidates.stream()
        .filter(it -> !proven.test(it.getValue()))
        .findFirst()
        .or(() -> candidates.stream().findFirst())
        .map(Map.Entry::getKey);
  }

  private boolean isFull(Group<K> group) {
    return group.running >= bounds.perGroup() && !group.ready.isEmpty();
  }

  /// The call has ended or is no longer queued.
  ///
  /// @return queued calls that are rejected, since their destination failed
  List<T> leave(K key, T call) {
    Destination<T> destination = destination(key);
    Running<K> was = running.remove(call);
    if (was != null) {
      destination.running--;
      group(key).running--;
      destination.overdue -= overdue.remove(call) == null ? 0 : 1;
      runningOfFailing -= was.failing() ? 1 : 0;
    } else if (destination.queued.remove(call)) {
      addQueued(group(key), -1);
    }
    return rejected(key);
  }

  private List<T> rejected(K key) {
    Destination<T> destination = destination(key);
    List<T> rejected = List.of();
    if (failing.test(key) || isHanging(destination)) {
      rejected = List.copyOf(destination.queued);
      addQueued(group(key), -rejected.size());
      destination.queued.clear();
    }
    updateReady(key);
    return rejected;
  }

  private boolean isHanging(Destination<T> destination) {
    return destination.running >= bounds.perKey() && destination.overdue == destination.running;
  }

  private Destination<T> destination(K key) {
    return destinations.computeIfAbsent(key, _ -> new Destination<>());
  }

  private Group<K> group(K key) {
    return groups.computeIfAbsent(groupOf.apply(key), _ -> new Group<>());
  }

  private void addQueued(Group<K> group, int calls) {
    queued += calls;
    group.queued += calls;
  }

  /// Appends the destination, and its group, to those that are ready, or removes them.
  private void updateReady(K key) {
    Destination<T> destination = destination(key);
    Group<K> group = group(key);
    if (!destination.queued.isEmpty() && destination.running < bounds.perKey()) {
      group.ready.add(key);
    } else {
      group.ready.remove(key);
    }
    Object name = groupOf.apply(key);
    if (!group.ready.isEmpty() && group.running < bounds.perGroup()) {
      ready.add(name);
    } else {
      ready.remove(name);
    }
    if (destination.queued.isEmpty() && destination.running == 0) {
      destinations.remove(key);
    }
    if (group.queued == 0 && group.running == 0) {
      groups.remove(name);
    }
  }
}
