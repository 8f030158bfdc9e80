package io.gympulse.cloud.call;

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

/// Which calls may be under way. Groups of destinations take turns, and within a group its
/// destinations: of each the first call that waits, then of the next, however many destinations a
/// group has and however many calls wait for one. Nothing waits for a destination that
/// holds up its calls: one that fails again and again has one at a time, and all such destinations
/// together have a quarter of the slots; one whose calls are all overdue has those. For one thread
/// at a time; it starts nothing and knows no time.
///
/// @param <K> names a destination
/// @param <T> stands for a call
final class Slots<K, T> {
  private final Bounds bounds;
  private final Function<K, ?> groupOf;
  private final Predicate<K> failing;
  private final Map<K, Lane<T>> lanes = new HashMap<>();
  private final Map<Object, Group<K>> groups = new HashMap<>();
  private final Map<T, Running<K>> running = new HashMap<>();
  private final SequencedSet<Object> ready = new LinkedHashSet<>();
  private final SequencedMap<T, K> overdue = new LinkedHashMap<>();
  private int waiting;
  private int runningOfFailing;

  /// @param running calls under way
  /// @param perKey calls under way of one destination
  /// @param perGroup calls under way of one group
  /// @param waiting calls that wait
  /// @param waitingPerGroup calls of one group that wait
  record Bounds(int running, int perKey, int perGroup, int waiting, int waitingPerGroup) {}

  private record Running<K>(K key, boolean failing) {}

  private static final class Lane<T> {
    private final Queue<T> waiting = new ArrayDeque<>();
    private int running;
    private int overdue;
  }

  private static final class Group<K> {
    private final SequencedSet<K> ready = new LinkedHashSet<>();
    private int running;
    private int waiting;
  }

  /// @param groupOf the group that a destination belongs to
  /// @param failing whether a destination fails again and again
  Slots(Bounds bounds, Function<K, ?> groupOf, Predicate<K> failing) {
    this.bounds = bounds;
    this.groupOf = groupOf;
    this.failing = failing;
  }

  /// @return false if there is no room for it; else it [has][#isRunning] a slot, or waits
  boolean enter(K key, T call) {
    Lane<T> lane = lane(key);
    Group<K> group = group(key);
    boolean fails = failing.test(key);
    boolean room =
        fails
            ? lane.running == 0
                && running.size() < bounds.running()
                && group.running < bounds.perGroup()
                && runningOfFailing < Math.max(1, bounds.running() / 4)
            : !isStuck(lane)
                && waiting < bounds.waiting()
                && group.waiting < bounds.waitingPerGroup();
    if (room) {
      lane.waiting.add(call);
      addWaiting(group, 1);
      if (fails) {
        start(key, true);
      }
    }
    sort(key);
    return room;
  }

  /// The next call to be started, which from now on has a slot.
  Optional<T> next() {
    if (ready.isEmpty() || running.size() >= bounds.running()) {
      return Optional.empty();
    }
    Object first = ready.removeFirst();
    Group<K> group = Objects.requireNonNull(groups.get(first), "what is ready is known");
    return Optional.of(start(group.ready.removeFirst(), false));
  }

  private T start(K key, boolean fails) {
    Lane<T> lane = lane(key);
    Group<K> group = group(key);
    T call = lane.waiting.remove();
    addWaiting(group, -1);
    lane.running++;
    group.running++;
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

  /// The call to be given up, since no slot is left, of all or of its group, and another one waits:
  /// the one that is overdue for longest, if possible to a destination of which nothing is known to
  /// be good.
  ///
  /// @param proven destinations to be spared
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

  /// The call has ended or waits no longer.
  ///
  /// @return calls that wait no longer, since their destination failed
  List<T> leave(K key, T call) {
    Lane<T> lane = lane(key);
    Running<K> was = running.remove(call);
    if (was != null) {
      lane.running--;
      group(key).running--;
      lane.overdue -= overdue.remove(call) == null ? 0 : 1;
      runningOfFailing -= was.failing() ? 1 : 0;
    } else if (lane.waiting.remove(call)) {
      addWaiting(group(key), -1);
    }
    return dismissed(key);
  }

  private List<T> dismissed(K key) {
    Lane<T> lane = lane(key);
    List<T> dismissed = List.of();
    if (failing.test(key) || isStuck(lane)) {
      dismissed = List.copyOf(lane.waiting);
      addWaiting(group(key), -dismissed.size());
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

  private Group<K> group(K key) {
    return groups.computeIfAbsent(groupOf.apply(key), _ -> new Group<>());
  }

  private void addWaiting(Group<K> group, int calls) {
    waiting += calls;
    group.waiting += calls;
  }

  /// Puts the destination, and its group, at the end of those whose turn comes, if it was not there
  /// and is to be.
  private void sort(K key) {
    Lane<T> lane = lane(key);
    Group<K> group = group(key);
    if (!lane.waiting.isEmpty() && lane.running < bounds.perKey()) {
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
    if (lane.waiting.isEmpty() && lane.running == 0) {
      lanes.remove(key);
    }
    if (group.waiting == 0 && group.running == 0) {
      groups.remove(name);
    }
  }
}
