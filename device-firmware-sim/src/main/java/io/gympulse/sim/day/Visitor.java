package io.gympulse.sim.day;

import io.gympulse.contract.id.CategoryId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One visitor of the gym: the categories they still plan to use, and their own random generator.
/// Not thread-safe; owned by one [GymDay].
final class Visitor {
  private final Instant arrival;
  private final Deque<CategoryId> plan;
  private final RandomGenerator random;

  Visitor(Instant arrival, List<CategoryId> plan, RandomGenerator random) {
    this.arrival = arrival;
    this.plan = new ArrayDeque<>(plan);
    this.random = random;
  }

  Instant arrival() {
    return arrival;
  }

  RandomGenerator random() {
    return random;
  }

  /// Removes the next category from the plan; empty if the visitor leaves the gym.
  Optional<CategoryId> nextCategory() {
    return Optional.ofNullable(plan.poll());
  }
}
