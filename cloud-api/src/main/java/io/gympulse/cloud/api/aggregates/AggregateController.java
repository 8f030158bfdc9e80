package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.api.aggregates.AggregatesView.GymAggregates;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.core.aggregate.CategoryBin;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Aggregates of a category, and of all categories of a gym, in all windows that overlap the
/// requested time range. In a window that is not stored, the category's machines are unknown.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class AggregateController {
  private static final Duration MAX_RANGE = Duration.ofDays(7);

  private final BranchQueries branches;
  private final StoredBins stored;
  private final InstantSource clock;

  AggregateController(BranchQueries branches, StoredBins stored, ApiConfiguration configuration) {
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
    List<MachineId> machines = machines(gym).get(wanted);
    if (machines == null) {
      throw ApiException.notFound(
          "unknown_category", "Gym '%s' has no machines of category '%s'.".formatted(gym, wanted));
    }
    Instant now = clock.instant();
    TimeRange range = TimeRange.of(from, to, now, MAX_RANGE);
    return AggregatesView.of(gym, wanted, stored.read(gym, wanted, machines, range, now));
  }

  @Get("/branches/{id}/aggregates")
  GymAggregates ofGym(
      String id, @QueryValue Optional<String> from, @QueryValue Optional<String> to) {
    GymId gym = RequestField.parse("id", id, GymId::new);
    Map<CategoryId, List<MachineId>> machines = machines(gym);
    Instant now = clock.instant();
    TimeRange range = TimeRange.of(from, to, now, MAX_RANGE);
    Map<CategoryId, List<CategoryBin>> bins = new LinkedHashMap<>();
    machines.forEach(
        (category, ids) -> bins.put(category, stored.read(gym, category, ids, range, now)));
    return GymAggregates.of(gym, range.windows(), bins);
  }

  /// The gym's machines by category, in the order of the floor plan.
  private Map<CategoryId, List<MachineId>> machines(GymId gym) {
    BranchDetail branch =
        branches
            .find(gym)
            .orElseThrow(() -> ApiException.notFound("unknown_gym", "No gym '%s'.".formatted(gym)));
    return branch.machines().stream()
        .collect(
            Collectors.groupingBy(
                BranchMachine::category,
                LinkedHashMap::new,
                Collectors.mapping(BranchMachine::id, Collectors.toList())));
  }
}
