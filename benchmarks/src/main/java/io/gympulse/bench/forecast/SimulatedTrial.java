package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Observations.Case;
import io.gympulse.bench.forecast.Trial.Outcomes;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast;
import io.gympulse.cloud.core.forecast.Forecaster;
import io.gympulse.cloud.core.forecast.ModelFitting;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A simulated gym: each category, "at least one is free", and its machines, "this one is free".
///
/// @param from the first forecast
record SimulatedTrial(SimulatedCategories gym, Instant from) {
  /// A Monday at the gyms' empty hour.
  private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");

  private static final double TRAINED = 0.7;
  private static final int LEAST_OF_EACH = 30;

  static SimulatedTrial of(FloorPlan plan, long seed, int days) {
    Duration length = Duration.ofDays(days);
    return new SimulatedTrial(
        SimulatedCategories.of(plan, seed, START, length),
        START.plus(Duration.ofDays(Math.round(days * TRAINED))));
  }

  /// Whether both outcomes occurred often enough to say anything.
  static boolean isJudged(Score score) {
    double events = score.cases() * score.rate();
    return events >= LEAST_OF_EACH && score.cases() - events >= LEAST_OF_EACH;
  }

  /// By name: each category, and the machines of each category together.
  Map<String, Outcomes> run() {
    Map<String, Outcomes> outcomes = new LinkedHashMap<>();
    for (CategoryId category : gym.bins().keySet()) {
      List<MachineId> machines = gym.machines(category);
      ModelFitting fitting = new ModelFitting(gym.zone(), machines.size(), ModelFitting.STANDARD);
      Map<Instant, CategoryModel> fitted = new HashMap<>();
      Function<Instant, CategoryModel> fit =
          asOf -> fitted.computeIfAbsent(asOf, it -> fitting.fit(gym.history(category, it)));
      Observations inUse = gym.inUse(category);
      String name = "%s %s (%d)".formatted(gym.plan().gym().id(), category, machines.size());
      outcomes.put(
          name,
          new Trial(name, inUse, machines.size(), (model, it) -> free(model, it)).run(from, fit));
      Outcomes each = Outcomes.NONE;
      for (MachineId machine : machines) {
        Trial trial =
            new Trial(
                machine.value(),
                gym.inUse(category, machine),
                1,
                (model, it) -> free(model, machine, inUse, it));
        each = each.plus(trial.run(from, fit));
      }
      outcomes.put(name + ", each machine", each);
    }
    return outcomes;
  }

  private static Forecast free(CategoryModel model, Case it) {
    return Forecaster.category(
        Optional.of(model),
        state(model, it.now(), it.inUse(), it.before()),
        Duration.between(it.now(), it.then()));
  }

  private static Forecast free(
      CategoryModel model, MachineId machine, Observations inUse, Case it) {
    int before = inUse.at(it.now().minus(Observations.AHEAD));
    return Forecaster.machine(
        Optional.of(model),
        machine,
        it.inUse() == 1 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        state(model, it.now(), inUse.at(it.now()), before),
        Duration.between(it.now(), it.then()));
  }

  private static State state(CategoryModel model, Instant now, int inUse, int before) {
    return new State(now, model.machines(), inUse, Optional.of((double) before / model.machines()));
  }
}
