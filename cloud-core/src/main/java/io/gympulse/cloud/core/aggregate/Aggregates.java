package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every aggregate, one item per gym, category and window. An item that has expired by the reader's
/// clock is not found, whether or not it was removed already. Durable when a write returns. Safe
/// for any number of threads.
public interface Aggregates {

  Optional<CategoryBin> find(BinKey key, Instant now);

  /// The items whose windows begin within `[from, to)`, ascending; absent ones are left out.
  List<CategoryBin> range(GymId gym, CategoryId category, Instant from, Instant to, Instant now);

  /// Keeps `next` if what is kept under its key is still `expected`. Expired items are not written.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Optional<CategoryBin> expected, CategoryBin next);
}
