package io.gympulse.sim.day;

import io.gympulse.contract.id.CategoryId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One person in the gym: what they still want to do, and their own stream of chance. Not
/// thread-safe; owned by one [GymDay].
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

  /// Takes the next wish off the plan; empty when the visitor goes home.
  Optional<CategoryId> nextWish() {
    return Optional.ofNullable(plan.poll());
  }
}
