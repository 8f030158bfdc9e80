package io.gympulse.local.operator;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The floor plans of a running cloud, which operators add, replace and remove. What it reports as
/// done outlasts a restart and a loss of power. Safe for any number of threads.
public interface PlanKeeper {

  /// A registered plan.
  ///
  /// @param file where it is read from when the cloud starts; empty if only the store has it
  record Kept(FloorPlan plan, Optional<Path> file) {}

  /// What became of a plan.
  sealed interface Put {
    record Added() implements Put {}

    record Replaced() implements Put {}

    /// Nothing is changed.
    ///
    /// @param reason with the remedy
    record Refused(String reason) implements Put {}
  }

  /// What became of a gym.
  sealed interface Removal {
    record Removed() implements Removal {}

    /// It has no plan.
    record Unknown() implements Removal {}

    /// Nothing is changed.
    ///
    /// @param reason with the remedy
    record Refused(String reason) implements Removal {}
  }

  /// By gym id.
  ///
  /// @throws IOException if the folders of plans cannot be read
  List<Kept> list() throws IOException;

  /// Adds a gym's plan, or replaces the one it had.
  ///
  /// @throws IOException if it cannot be written; the plan is what it was before
  Put put(FloorPlan plan) throws IOException;

  /// Removes a gym's plan. What its gateway sends from then on waits with the gateway; what was
  /// stored stays.
  ///
  /// @throws IOException if its file cannot be removed; the gym still has its plan
  Removal remove(GymId gym) throws IOException;
}
