package io.gympulse.local.operator;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Changes the floor plans of a running cloud. Reported changes are durable. Thread-safe.
public interface FloorPlanService {

  /// A registered plan.
  ///
  /// @param file the file from which it is read at start; empty if only the store has it
  record RegisteredPlan(FloorPlan plan, Optional<Path> file) {}

  /// The result of [#put].
  sealed interface PutResult {
    record Added() implements PutResult {}

    record Replaced() implements PutResult {}

    /// Nothing is changed.
    ///
    /// @param reason with the remedy
    record Refused(String reason) implements PutResult {}
  }

  /// The result of [#remove].
  sealed interface RemoveResult {
    record Removed() implements RemoveResult {}

    /// The gym has no plan.
    record Unknown() implements RemoveResult {}

    /// Nothing is changed.
    ///
    /// @param reason with the remedy
    record Refused(String reason) implements RemoveResult {}
  }

  /// The registered plans, by gym id.
  ///
  /// @throws IOException if the folders of plans cannot be read
  List<RegisteredPlan> list() throws IOException;

  /// Adds a gym's plan, or replaces the one it had.
  ///
  /// @throws IOException if it cannot be written; the plan is unchanged
  PutResult put(FloorPlan plan) throws IOException;

  /// Removes a gym's plan. Its gateway keeps what it sends from then on; stored data stays.
  ///
  /// @throws IOException if its file cannot be removed; the gym still has its plan
  RemoveResult remove(GymId gym) throws IOException;
}
