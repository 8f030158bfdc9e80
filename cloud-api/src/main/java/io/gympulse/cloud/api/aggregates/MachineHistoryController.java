package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.cloud.core.query.MachineQueries;
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
import java.util.List;
import java.util.Optional;

/// A machine's history: its windows of 15 minutes, and its changes, of up to 28 days.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class MachineHistoryController {
  private static final Duration MAX_RANGE = Duration.ofDays(28);

  private final MachineQueries machines;
  private final StoredBins stored;
  private final InstantSource clock;

  MachineHistoryController(
      MachineQueries machines, StoredBins stored, ApiConfiguration configuration) {
    this.machines = machines;
    this.stored = stored;
    this.clock = configuration.clock();
  }

  @Get("/machines/{id}/history")
  MachineHistoryView history(
      String id, @QueryValue Optional<String> from, @QueryValue Optional<String> to) {
    MachineId machine = RequestField.parse("id", id, MachineId::new);
    Instant now = clock.instant();
    TimeRange range = TimeRange.of(from, to, now, MAX_RANGE);
    MachineDetail found =
        machines
            .find(machine)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "unknown_machine", "No machine '%s'.".formatted(machine)));
    GymId gym = found.branch().gym().id();
    CategoryId category = found.machine().category();
    return MachineHistoryView.of(
        machine,
        stored.read(gym, category, List.of(machine), range, now),
        machines.history(machine, range.windows().getFirst().start(), range.to()));
  }
}
