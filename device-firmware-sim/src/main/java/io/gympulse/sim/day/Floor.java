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

/// Who holds which machine and who waits for one, first come first served per category. A machine
/// is held by at most one visitor, from the moment they set out for it. Not thread-safe.
final class Floor {
  /// Keeps the choice among free machines independent of the order in which they became free.
  private static final Comparator<MachineId> BY_NAME = Comparator.comparing(MachineId::value);

  private static final class Category {
    private final List<MachineId> free = new ArrayList<>();
    private final Deque<Visitor> waiting = new ArrayDeque<>();
  }

  private final Map<MachineId, CategoryId> categories;
  private final Map<CategoryId, Category> state = new HashMap<>();

  Floor(Map<MachineId, CategoryId> machines) {
    this.categories = Map.copyOf(machines);
    machines.forEach(
        (machine, category) ->
            state.computeIfAbsent(category, unseen -> new Category()).free.add(machine));
    state.values().forEach(category -> category.free.sort(BY_NAME));
  }

  CategoryId categoryOf(MachineId machine) {
    CategoryId category = categories.get(machine);
    if (category == null) {
      throw new IllegalArgumentException("no such machine on this floor: " + machine);
    }
    return category;
  }

  /// Holds any free machine of the category; empty when none is free.
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

  /// Takes the visitor out of the queue; false if they are no longer in it.
  boolean dequeue(CategoryId category, Visitor visitor) {
    return stateOf(category).waiting.remove(visitor);
  }

  /// Gives up a held machine. It passes straight to the first visitor in the queue, if there is
  /// one.
  Optional<Visitor> release(MachineId machine) {
    Category category = stateOf(categoryOf(machine));
    Optional<Visitor> first = Optional.ofNullable(category.waiting.poll());
    if (first.isEmpty()) {
      category.free.add(machine);
      category.free.sort(BY_NAME);
    }
    return first;
  }

  private Category stateOf(CategoryId category) {
    Category found = state.get(category);
    if (found == null) {
      throw new IllegalArgumentException("no machine of category " + category + " on this floor");
    }
    return found;
  }
}
