package io.gympulse.cloud.core.query;

import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.util.Optional;

/// Models of forecasts. Throws [io.gympulse.cloud.core.store.StoreUnavailableException] while the
/// store cannot be read. Safe for any number of threads.
public interface ForecastQueries {
  /// Empty before the first fit, or if there is no such category.
  Optional<CategoryModel> model(GymId gym, CategoryId category);
}
