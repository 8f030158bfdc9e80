package io.gympulse.cloud.forecast;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.forecast.ModelFitting;
import io.gympulse.cloud.core.forecast.OccupancyHistory;
import io.gympulse.cloud.core.forecast.SlotRates;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fits and stores the models of a gym's categories. Aggregates are read week by week, a category
/// after the other, so that memory does not grow with the gym. A repeat fits again and does no
/// harm. Thread-safe.
final class Refit {
  /// Gyms refit in this hour of their night.
  static final int NIGHT_HOUR = 3;

  /// A model that is older was missed, for example because the process was off.
  private static final Duration MISSED = Duration.ofHours(36);

  private static final Duration PORTION = Duration.ofDays(7);

  private final Aggregates aggregates;
  private final ForecastModels models;
  private final FloorPlans plans;

  Refit(CloudStore store) {
    this.aggregates = store.aggregates();
    this.models = store.forecasts();
    this.plans = store.floorPlans();
  }

  static boolean isNight(Gym gym, Instant now) {
    return now.atZone(gym.zone()).getHour() == NIGHT_HOUR;
  }

  /// Whether a category of the gym has no model, or missed its last night.
  boolean isMissing(FloorPlan plan, Instant now) {
    return categories(plan).keySet().stream()
        .anyMatch(
            it ->
                models
                    .find(plan.gym().id(), it)
                    .filter(model -> model.fittedAt().isAfter(now.minus(MISSED)))
                    .isEmpty());
  }

  /// Fits all categories of a gym; those with more than [CategoryModel#MOST_MACHINES] machines are
  /// left out.
  ///
  /// @return how many models were stored; 0 if there is no such gym
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if one of them failed; a repeat
  ///     fits them all again
  int refit(GymId gym, Instant now) {
    Optional<FloorPlan> plan = plans.find(gym);
    if (plan.isEmpty()) {
      return 0;
    }
    Map<CategoryId, List<MachineId>> categories = categories(plan.get());
    categories.forEach(
        (category, machines) ->
            models.put(gym, category, fit(plan.get().gym(), category, machines, now)));
    return categories.size();
  }

  private CategoryModel fit(Gym gym, CategoryId category, List<MachineId> machines, Instant now) {
    OccupancyHistory history = new OccupancyHistory(machines, now);
    Instant from = now.minus(SlotRates.HISTORY);
    while (from.isBefore(now)) {
      Instant to = from.plus(PORTION).isBefore(now) ? from.plus(PORTION) : now;
      aggregates.range(gym.id(), category, from, to, now).forEach(history::add);
      from = to;
    }
    return new ModelFitting(gym.zone(), machines.size(), ModelFitting.STANDARD).fit(history);
  }

  private static Map<CategoryId, List<MachineId>> categories(FloorPlan plan) {
    Map<CategoryId, List<MachineId>> categories = new LinkedHashMap<>();
    for (Machine machine : plan.machines()) {
      categories.computeIfAbsent(machine.category(), _ -> new ArrayList<>()).add(machine.id());
    }
    categories.values().removeIf(it -> it.size() > CategoryModel.MOST_MACHINES);
    return categories;
  }
}
