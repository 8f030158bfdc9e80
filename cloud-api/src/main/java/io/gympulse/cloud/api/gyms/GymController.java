package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.gyms.OccupancyService.Occupancy;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.identity.Access;
import io.gympulse.cloud.api.updates.LiveUpdates;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/// Branches and machines. Times in responses are ISO-8601. A malformed id is answered 400 with the
/// field, an unknown one 404, and everything 503 while the database cannot be read. `feed` says in
/// each response whether updates arrive.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Access.Level.PUBLIC)
final class GymController {
  private final OccupancyService occupancy;
  private final LiveUpdates updates;

  GymController(OccupancyService occupancy, LiveUpdates updates) {
    this.occupancy = occupancy;
    this.updates = updates;
  }

  @Get("/branches")
  BranchView.Page branches() {
    return new BranchView.Page(feed(), occupancy.findAll());
  }

  @Get("/branches/{id}")
  BranchView.Full branch(String id) {
    Occupancy gym = gym(id);
    return new BranchView.Full(gym.branch(), feed(), gym.machines());
  }

  @Get("/branches/{id}/categories/{category}/machines")
  BranchView.Machines machines(String id, String category) {
    Occupancy gym = gym(id);
    CategoryId wanted = RequestField.parse("category", category, CategoryId::new);
    List<MachineView> machines =
        gym.machines().stream().filter(it -> it.category().equals(wanted.value())).toList();
    if (machines.isEmpty()) {
      throw ApiException.notFound(
          "unknown_category", "Gym '%s' has no machines of category '%s'.".formatted(id, wanted));
    }
    return new BranchView.Machines(id, category, gym.branch().presence(), feed(), machines);
  }

  @Get("/machines/{id}")
  MachineView.Full machine(String id) {
    MachineId wanted = RequestField.parse("id", id, MachineId::new);
    return occupancy
        .find(wanted)
        .map(it -> new MachineView.Full(it, feed()))
        .orElseThrow(
            () -> ApiException.notFound("unknown_machine", "No machine '%s'.".formatted(wanted)));
  }

  private BranchView.Feed feed() {
    return BranchView.Feed.of(updates.status());
  }

  private Occupancy gym(String id) {
    GymId wanted = RequestField.parse("id", id, GymId::new);
    return occupancy
        .find(wanted)
        .orElseThrow(() -> ApiException.notFound("unknown_gym", "No gym '%s'.".formatted(wanted)));
  }
}
