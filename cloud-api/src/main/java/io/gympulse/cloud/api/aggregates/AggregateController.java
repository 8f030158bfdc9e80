package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.query.BranchQueries;
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

/// Aggregates of a category, in all windows that overlap the requested time range. In a window that
/// is not stored, the category's machines are unknown.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class AggregateController {
  private static final Duration MAX_RANGE = Duration.ofDays(7);
  private static final Duration DEFAULT_RANGE = Duration.ofDays(1);

  private final BranchQueries branches;
  private final AggregateQueries stored;
  private final InstantSource clock;

  AggregateController(
      BranchQueries branches, AggregateQueries stored, ApiConfiguration configuration) {
    this.branches = branches;
    this.stored = stored;
    this.clock = configuration.clock();
  }

  @Get("/branches/{id}/categories/{category}/aggregates")
  AggregatesView aggregates(
      String id,
      String category,
      @QueryValue Optional<String> from,
      @QueryValue Optional<String> to) {
    GymId gym = RequestField.parse("id", id, GymId::new);
    CategoryId wanted = RequestField.parse("category", category, CategoryId::new);
    List<MachineId> machines = machines(gym, wanted);
    Instant now = clock.instant();
    Instant end = to.map(it -> RequestField.time("to", it)).orElse(now);
    Instant begin = from.map(it -> RequestField.time("from", it)).orElse(end.minus(DEFAULT_RANGE));
    if (!begin.isBefore(end)) {
      throw ApiException.invalidField(
          RequestLocation.parameter("from"), "%s is not before %s.".formatted(begin, end));
    }
    if (Duration.between(begin, end).compareTo(MAX_RANGE) > 0) {
      throw ApiException.invalidField(
          RequestLocation.parameter("from"), "The time range may be at most 7 days.");
    }
    List<Window> windows = Window.touching(begin, end);
    Map<Window, CategoryBin> bins = new HashMap<>();
    stored
        .range(gym, wanted, windows.getFirst().start(), end, now)
        .forEach(it -> bins.put(it.key().window(), it));
    return new AggregatesView(
        id,
        category,
        windows.getFirst().start(),
        windows.getLast().end(),
        windows.stream()
            .map(it -> bins.getOrDefault(it, unknown(new BinKey(gym, wanted, it), machines)))
            .map(AggregatesView.WindowView::of)
            .toList());
  }

  private List<MachineId> machines(GymId gym, CategoryId category) {
    BranchDetail branch =
        branches
            .find(gym)
            .orElseThrow(() -> ApiException.notFound("unknown_gym", "No gym '%s'.".formatted(gym)));
    List<MachineId> machines =
        branch.machines().stream()
            .filter(it -> it.category().equals(category))
            .map(BranchMachine::id)
            .toList();
    if (machines.isEmpty()) {
      throw ApiException.notFound(
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
