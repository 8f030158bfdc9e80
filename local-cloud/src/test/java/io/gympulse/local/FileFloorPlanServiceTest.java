package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.operator.FloorPlanService.PutResult;
import io.gympulse.local.operator.FloorPlanService.RegisteredPlan;
import io.gympulse.local.operator.FloorPlanService.RemoveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFloorPlanServiceTest {
  private static final GymId G = new GymId("g");

  @TempDir private Path folder = Path.of("");
  private final FloorPlans plans = new InMemoryCloudStore().floorPlans();
  private Path own = folder;
  private Path given = folder;

  @BeforeEach
  void folders() throws IOException {
    own = folder.resolve("own");
    given = Files.createDirectory(folder.resolve("given"));
  }

  private FileFloorPlanService service(FloorPlans some) {
    return new FileFloorPlanService(own, Optional.of(given), some);
  }

  /// The plans of a cloud that starts with these folders and an empty store.
  private FloorPlans started() throws IOException {
    FloorPlans empty = new InMemoryCloudStore().floorPlans();
    service(empty).register();
    return empty;
  }

  @Test
  void a_plan_is_registered_after_a_restart() throws IOException {
    assertThat(service(plans).put(plan("g", "bike"))).isEqualTo(new PutResult.Added());
    assertThat(plans.find(G)).contains(plan("g", "bike"));
    assertThat(started().find(G)).contains(plan("g", "bike"));

    assertThat(service(plans).put(plan("g", "rower"))).isEqualTo(new PutResult.Replaced());
    assertThat(plans.find(G)).contains(plan("g", "rower"));
    assertThat(started().find(G)).contains(plan("g", "rower"));
  }

  @Test
  void a_removed_gym_stays_removed() throws IOException {
    FileFloorPlanService service = service(plans);
    service.put(plan("g", "bike"));
    service.put(plan("h", "rower"));
    service.register();
    assertThat(service.remove(G)).isEqualTo(new RemoveResult.Removed());
    service.register();
    assertThat(plans.all()).containsExactly(plan("h", "rower"));
    assertThat(started().all()).containsExactly(plan("h", "rower"));
    assertThat(service.remove(G)).isEqualTo(new RemoveResult.Unknown());
  }

  @Test
  void a_file_of_another_name_is_the_one_that_is_replaced_and_removed() throws IOException {
    Files.createDirectory(own);
    Path file = write(own.resolve("z.json"), plan("g", "bike"));
    FileFloorPlanService service = service(plans);
    service.register();
    service.put(plan("g", "rower"));
    assertThat(service.list())
        .containsExactly(new RegisteredPlan(plan("g", "rower"), Optional.of(file)));
    assertThat(started().find(G)).contains(plan("g", "rower"));
    service.remove(G);
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void a_gym_of_the_given_folder_is_changed_there_only() throws IOException {
    Path file = write(given.resolve("first.json"), plan("g", "bike"));
    FileFloorPlanService service = service(plans);
    service.register();
    assertThat(service.remove(G))
        .isInstanceOfSatisfying(
            RemoveResult.Refused.class,
            it -> assertThat(it.reason()).contains(file.toString(), "delete that file"));
    assertThat(service.put(plan("g", "rower")))
        .isInstanceOfSatisfying(
            PutResult.Refused.class,
            it -> assertThat(it.reason()).contains(file.toString(), "change that file"));
    assertThat(plans.find(G)).contains(plan("g", "bike"));

    Files.delete(file);
    service.register();
    assertThat(service.list())
        .containsExactly(new RegisteredPlan(plan("g", "bike"), Optional.empty()));
    assertThat(service.remove(G)).isEqualTo(new RemoveResult.Removed());
    assertThat(plans.all()).isEmpty();
  }

  @Test
  void a_plan_with_anothers_machine_is_refused_and_leaves_no_file() throws IOException {
    FileFloorPlanService service = service(plans);
    service.put(plan("g", "bike"));
    assertThat(service.put(plan("h", "bike")))
        .isInstanceOfSatisfying(
            PutResult.Refused.class,
            it -> assertThat(it.reason()).contains("'bike'", "'g'", "'h'", "take it off"));
    assertThat(own.resolve("h.json")).doesNotExist();
    service.remove(G);
    assertThat(service.put(plan("h", "bike"))).isEqualTo(new PutResult.Added());
  }

  @Test
  void a_plan_that_cannot_be_written_changes_nothing() throws IOException {
    plans.register(plan("g", "bike"));
    Files.writeString(own, "no folder");
    assertThatThrownBy(() -> service(plans).put(plan("g", "rower")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> service(plans).put(plan("h", "press")))
        .isInstanceOf(IOException.class);
    assertThat(plans.all()).containsExactly(plan("g", "bike"));
  }

  @Test
  void an_earlier_file_that_stays_does_not_take_the_new_plan_back() throws IOException {
    Path inTheWay = Files.createDirectories(own.resolve("g.json"));
    Files.writeString(inTheWay.resolve("note"), "keeps the folder from being deleted");
    Path file = write(own.resolve("z.json"), plan("g", "bike"));
    plans.register(plan("g", "bike"));

    assertThat(service(plans).put(plan("g", "rower"))).isEqualTo(new PutResult.Replaced());
    assertThat(plans.find(G)).contains(plan("g", "rower"));
    assertThat(file).content().contains("rower");
  }

  @Test
  void a_damaged_file_is_identified_by_its_name_and_another_gyms_is_not_overwritten()
      throws IOException {
    Files.createDirectory(own);
    Files.writeString(own.resolve("g.json"), "{");
    write(own.resolve("i.json"), plan("h", "press"));
    FileFloorPlanService service = service(plans);
    assertThat(service.put(plan("g", "bike"))).isEqualTo(new PutResult.Added());
    assertThat(started().all()).hasSize(2);
    assertThat(service.put(plan("i", "rower")))
        .isInstanceOfSatisfying(
            PutResult.Refused.class, it -> assertThat(it.reason()).contains("i.json", "rename"));
  }

  @Test
  void a_file_that_comes_back_is_registered_again_though_it_is_as_old_as_before()
      throws IOException {
    Path file = write(given.resolve("g.json"), plan("g", "bike"));
    var changed = Files.getLastModifiedTime(file);
    FileFloorPlanService service = service(plans);
    service.register();
    Files.delete(file);
    service.register();
    service.remove(G);
    Files.setLastModifiedTime(write(file, plan("g", "bike")), changed);
    service.register();
    assertThat(plans.find(G)).isPresent();
  }

  private static Path write(Path file, FloorPlan plan) throws IOException {
    return Files.writeString(file, FloorPlanFile.write(plan));
  }

  private static FloorPlan plan(String gym, String... machines) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 0, 0, ZoneId.of("UTC")),
        new GatewayId(gym + "-gw"),
        Arrays.stream(machines)
            .map(
                it ->
                    new Machine(new MachineId(it), new CategoryId("c"), "Machine", 0, 0, List.of()))
            .toList());
  }
}
