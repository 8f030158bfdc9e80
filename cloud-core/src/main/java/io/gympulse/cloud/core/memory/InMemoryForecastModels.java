package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Models in a map.
public final class InMemoryForecastModels implements ForecastModels {
  private record Key(GymId gym, CategoryId category) {}

  private final Map<Key, CategoryModel> models = new ConcurrentHashMap<>();

  @Override
  public Optional<CategoryModel> find(GymId gym, CategoryId category) {
    return Optional.ofNullable(models.get(new Key(gym, category)));
  }

  @Override
  public void put(GymId gym, CategoryId category, CategoryModel model) {
    models.merge(
        new Key(gym, category),
        model,
        (old, next) -> old.fittedAt().isAfter(next.fittedAt()) ? old : next);
  }
}
