package io.gympulse.cloud.core.forecast;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Duration;
import java.util.Optional;

/// Stores the last model of each gym's category. Writes are durable when they return. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads.
public interface ForecastModels {
  /// How long after it was fitted a model may be removed: a category that is on no floor plan any
  /// more gets no new one.
  Duration KEPT = Duration.ofDays(30);

  Optional<CategoryModel> find(GymId gym, CategoryId category);

  /// Replaces a category's model, unless the stored one was fitted later.
  void put(GymId gym, CategoryId category, CategoryModel model);
}
