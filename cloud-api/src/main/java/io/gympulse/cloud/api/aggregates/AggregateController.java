package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.cloud.core.aggregate.BinKey;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Aggregates of a category. A span is answered in whole windows; those that the store does not
/// have show the category's machines as unknown.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AggregateController {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration DEFAULT = Duration.ofDays(1);

  private final CloudView view;
  private final InstantSource clock;

  AggregateController(CloudView view, ApiConfiguration configuration) {
    this.view = view;
    this.clock = configuration.clock();
  }

  @Get("/branches/{id}/categories/{category}/aggregates")
  AggregatesView aggregates(
      String id,
      String category,
      @QueryValue Optional<String> from,
      @QueryValue Optional<String> to) {
    GymId gym = Field.parse("id", id, GymId::new);
    CategoryId wanted = Field.parse("category", category, CategoryId::new);
    List<MachineId> machines = machines(gym, wanted);
    Instant now = clock.instant();
    Instant end = to.map(it -> Field.time("to", it)).orElse(now);
    Instant begin = from.map(it -> Field.time("from", it)).orElse(end.minus(DEFAULT));
    if (!begin.isBefore(end)) {
      throw Refusal.invalid("from", "%s is not before %s.".formatted(begin, end));
    }
    if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw Refusal.invalid("from", "At most 7 days can be asked for at once.");
    }
    List<Window> windows = Window.touching(begin, end);
    Map<Window, CategoryBin> stored = new HashMap<>();
    view.aggregates(gym, wanted, windows.getFirst().start(), end, now)
        .forEach(it -> stored.put(it.key().window(), it));
    return new AggregatesView(
        id,
        category,
        windows.getFirst().start(),
        windows.getLast().end(),
        windows.stream()
            .map(it -> stored.getOrDefault(it, unknown(new BinKey(gym, wanted, it), machines)))
            .map(AggregatesView.WindowView::of)
            .toList());
  }

  private List<MachineId> machines(GymId gym, CategoryId category) {
    FloorPlan plan =
        view.floorPlans().stream()
            .filter(it -> it.gym().id().equals(gym))
            .findFirst()
            .orElseThrow(() -> Refusal.unknown("unknown_gym", "No gym '%s'.".formatted(gym)));
    List<MachineId> machines =
        plan.machines().stream()
            .filter(it -> it.category().equals(category))
            .map(Machine::id)
            .toList();
    if (machines.isEmpty()) {
      throw Refusal.unknown(
          "unknown_category",
          "Gym '%s' has no machines of category '%s'.".formatted(gym, category));
    }
    return machines;
  }

  private static CategoryBin unknown(BinKey key, List<MachineId> machines) {
    Map<MachineId, MachineBin> bins = new TreeMap<>();
    machines.forEach(it -> bins.put(it, MachineBin.UNKNOWN));
    return new CategoryBin(key, bins);
  }
}
