package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores the aggregates, one item per gym, category and window. Readers do not see an item that
/// has expired by their clock, even if it is not removed yet. Writes are durable when they return.
/// Safe for any number of threads.
public interface Aggregates {
  Optional<CategoryBin> find(BinKey key, Instant now);

  /// The items whose windows begin within `[from, to)`, ascending; absent ones are left out.
  List<CategoryBin> range(GymId gym, CategoryId category, Instant from, Instant to, Instant now);

  /// Compare-and-set: stores `next` if the item under its key is still `expected`. Expired items
  /// are not written.
  ///
  /// @return whether it was stored; if not, another writer was faster: read again
  boolean replace(Optional<CategoryBin> expected, CategoryBin next);
}
