package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.arrears.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is to become of a run's items.
///
/// @param changes items that are not as they have to be, ascending
/// @param beyond windows behind the run that begin otherwise than stored once the changes are made,
///     so that they have to be computed as well
record Recomputed(List<Change> changes, Set<Mark> beyond) {

  /// @param expected what is stored
  record Change(Optional<CategoryBin> expected, CategoryBin next) {
    Mark mark() {
      return new Mark(next.key().category(), next.key().window());
    }
  }
}
