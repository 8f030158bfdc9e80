package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.List;

/// Aggregates of a category. Throws [io.gympulse.cloud.core.store.StoreUnavailableException] while
/// the store cannot be read. Safe for any number of threads.
public interface AggregateQueries {
  /// The windows that begin within `[from, to)`, ascending. A window that is absent is unknown
  /// throughout; windows that have expired by `now` are absent.
  List<CategoryBin> range(GymId gym, CategoryId category, Instant from, Instant to, Instant now);
}
