package io.gympulse.sim.day;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Assigns machines to visitors, with a FIFO queue per category. A machine is assigned to at most
/// one visitor, from when they start to walk to it. Not thread-safe.
final class MachineAllocator {
  /// Makes the choice among free machines independent of the order in which they became free.
  private static final Comparator<MachineId> BY_ID = Comparator.comparing(MachineId::value);

  private static final class Category {
    private final List<MachineId> free = new ArrayList<>();
    private final Deque<Visitor> waiting = new ArrayDeque<>();
  }

  private final Map<MachineId, CategoryId> categories;
  private final Map<CategoryId, Category> state = new HashMap<>();

  MachineAllocator(Map<MachineId, CategoryId> machines) {
    this.categories = Map.copyOf(machines);
    machines.forEach(
        (machine, category) ->
            state.computeIfAbsent(category, unseen -> new Category()).free.add(machine));
    state.values().forEach(category -> category.free.sort(BY_ID));
  }

  CategoryId categoryOf(MachineId machine) {
    CategoryId category = categories.get(machine);
    if (category == null) {
      throw new IllegalArgumentException("no such machine in this gym: " + machine);
    }
    return category;
  }

  /// Assigns a free machine of the category, chosen at random; empty if none is free.
  Optional<MachineId> take(CategoryId category, RandomGenerator random) {
    List<MachineId> free = stateOf(category).free;
    return free.isEmpty()
        ? Optional.empty()
        : Optional.of(free.remove(random.nextInt(free.size())));
  }

  /// Puts the visitor at the end of the category's queue.
  void enqueue(CategoryId category, Visitor visitor) {
    stateOf(category).waiting.add(visitor);
  }

  /// Removes the visitor from the queue; false if they are no longer in it.
  boolean dequeue(CategoryId category, Visitor visitor) {
    return stateOf(category).waiting.remove(visitor);
  }

  /// Releases a machine. If its category's queue is not empty, the machine is assigned to the first
  /// visitor in it, who is returned.
  Optional<Visitor> release(MachineId machine) {
    Category category = stateOf(categoryOf(machine));
    Optional<Visitor> first = Optional.ofNullable(category.waiting.poll());
    if (first.isEmpty()) {
      category.free.add(machine);
      category.free.sort(BY_ID);
    }
    return first;
  }

  private Category stateOf(CategoryId category) {
    Category found = state.get(category);
    if (found == null) {
      throw new IllegalArgumentException("no machine of category " + category + " in this gym");
    }
    return found;
  }
}
