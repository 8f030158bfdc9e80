package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.api.feed.HttpUpdateFeed;
import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/// Branches and machines. Times in answers are ISO-8601; ids of a wrong form are answered 400 with
/// the field, unknown ones 404, and 503 while the database is not there. `feed` says in each answer
/// whether it is fresh.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class GymController {
  private final Floors floors;
  private final HttpUpdateFeed feed;

  GymController(Floors floors, HttpUpdateFeed feed) {
    this.floors = floors;
    this.feed = feed;
  }

  @Get("/branches")
  BranchView.Page branches() {
    return new BranchView.Page(feed(), floors.all().stream().map(Floor::branch).toList());
  }

  @Get("/branches/{id}")
  BranchView.Full branch(String id) {
    Floor floor = floor(id);
    return new BranchView.Full(floor.branch(), feed(), floor.machines());
  }

  @Get("/branches/{id}/categories/{category}/machines")
  BranchView.Machines machines(String id, String category) {
    Floor floor = floor(id);
    CategoryId wanted = Field.parse("category", category, CategoryId::new);
    List<MachineView> machines = floor.machines(wanted);
    if (machines.isEmpty()) {
      throw Refusal.unknown(
          "unknown_category", "Gym '%s' has no machines of category '%s'.".formatted(id, wanted));
    }
    return new BranchView.Machines(id, category, floor.presence(), feed(), machines);
  }

  @Get("/machines/{id}")
  MachineView.Full machine(String id) {
    MachineId wanted = Field.parse("id", id, MachineId::new);
    return floors
        .of(wanted)
        .flatMap(floor -> floor.plan().machine(wanted).map(floor::view))
        .map(it -> new MachineView.Full(it, feed()))
        .orElseThrow(
            () -> Refusal.unknown("unknown_machine", "No machine '%s'.".formatted(wanted)));
  }

  private FeedView feed() {
    return FeedView.of(feed.status());
  }

  private Floor floor(String id) {
    GymId wanted = Field.parse("id", id, GymId::new);
    return floors
        .of(wanted)
        .orElseThrow(() -> Refusal.unknown("unknown_gym", "No gym '%s'.".formatted(wanted)));
  }
}
