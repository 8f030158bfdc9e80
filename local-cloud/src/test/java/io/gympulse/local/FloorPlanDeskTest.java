package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.operator.PlanKeeper.Kept;
import io.gympulse.local.operator.PlanKeeper.Put;
import io.gympulse.local.operator.PlanKeeper.Removal;
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

class FloorPlanDeskTest {
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

  private FloorPlanDesk desk(FloorPlans some) {
    return new FloorPlanDesk(own, Optional.of(given), some);
  }

  /// What a cloud knows that starts with these folders and an empty store.
  private FloorPlans started() throws IOException {
    FloorPlans empty = new InMemoryCloudStore().floorPlans();
    desk(empty).register();
    return empty;
  }

  @Test
  void a_plan_that_was_put_is_there_after_a_restart() throws IOException {
    assertThat(desk(plans).put(plan("g", "bike"))).isEqualTo(new Put.Added());
    assertThat(plans.find(G)).contains(plan("g", "bike"));
    assertThat(started().find(G)).contains(plan("g", "bike"));

    assertThat(desk(plans).put(plan("g", "rower"))).isEqualTo(new Put.Replaced());
    assertThat(plans.find(G)).contains(plan("g", "rower"));
    assertThat(started().find(G)).contains(plan("g", "rower"));
  }

  @Test
  void a_gym_that_was_removed_stays_so() throws IOException {
    FloorPlanDesk desk = desk(plans);
    desk.put(plan("g", "bike"));
    desk.put(plan("h", "rower"));
    desk.register();
    assertThat(desk.remove(G)).isEqualTo(new Removal.Removed());
    desk.register();
    assertThat(plans.all()).containsExactly(plan("h", "rower"));
    assertThat(started().all()).containsExactly(plan("h", "rower"));
    assertThat(desk.remove(G)).isEqualTo(new Removal.Unknown());
  }

  @Test
  void a_file_of_another_name_is_the_one_that_is_replaced_and_removed() throws IOException {
    Files.createDirectory(own);
    Path file = write(own.resolve("z.json"), plan("g", "bike"));
    FloorPlanDesk desk = desk(plans);
    desk.register();
    desk.put(plan("g", "rower"));
    assertThat(desk.list()).containsExactly(new Kept(plan("g", "rower"), Optional.of(file)));
    assertThat(started().find(G)).contains(plan("g", "rower"));
    desk.remove(G);
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void a_gym_of_the_given_folder_is_changed_there_only() throws IOException {
    Path file = write(given.resolve("first.json"), plan("g", "bike"));
    FloorPlanDesk desk = desk(plans);
    desk.register();
    assertThat(desk.remove(G))
        .isInstanceOfSatisfying(
            Removal.Refused.class,
            it -> assertThat(it.reason()).contains(file.toString(), "delete that file"));
    assertThat(desk.put(plan("g", "rower")))
        .isInstanceOfSatisfying(
            Put.Refused.class,
            it -> assertThat(it.reason()).contains(file.toString(), "change that file"));
    assertThat(plans.find(G)).contains(plan("g", "bike"));

    Files.delete(file);
    desk.register();
    assertThat(desk.list()).containsExactly(new Kept(plan("g", "bike"), Optional.empty()));
    assertThat(desk.remove(G)).isEqualTo(new Removal.Removed());
    assertThat(plans.all()).isEmpty();
  }

  @Test
  void a_plan_with_anothers_machine_is_refused_and_leaves_no_file() throws IOException {
    FloorPlanDesk desk = desk(plans);
    desk.put(plan("g", "bike"));
    assertThat(desk.put(plan("h", "bike")))
        .isInstanceOfSatisfying(
            Put.Refused.class,
            it -> assertThat(it.reason()).contains("'bike'", "'g'", "'h'", "take it off"));
    assertThat(own.resolve("h.json")).doesNotExist();
    desk.remove(G);
    assertThat(desk.put(plan("h", "bike"))).isEqualTo(new Put.Added());
  }

  @Test
  void a_plan_that_cannot_be_written_changes_nothing() throws IOException {
    plans.register(plan("g", "bike"));
    Files.writeString(own, "no folder");
    assertThatThrownBy(() -> desk(plans).put(plan("g", "rower"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> desk(plans).put(plan("h", "press"))).isInstanceOf(IOException.class);
    assertThat(plans.all()).containsExactly(plan("g", "bike"));
  }

  @Test
  void an_earlier_file_that_stays_does_not_take_the_new_plan_back() throws IOException {
    Path inTheWay = Files.createDirectories(own.resolve("g.json"));
    Files.writeString(inTheWay.resolve("note"), "keeps the folder from being deleted");
    Path file = write(own.resolve("z.json"), plan("g", "bike"));
    plans.register(plan("g", "bike"));

    assertThat(desk(plans).put(plan("g", "rower"))).isEqualTo(new Put.Replaced());
    assertThat(plans.find(G)).contains(plan("g", "rower"));
    assertThat(file).content().contains("rower");
  }

  @Test
  void a_damaged_file_goes_by_its_name_and_anothers_is_not_overwritten() throws IOException {
    Files.createDirectory(own);
    Files.writeString(own.resolve("g.json"), "{");
    write(own.resolve("i.json"), plan("h", "press"));
    FloorPlanDesk desk = desk(plans);
    assertThat(desk.put(plan("g", "bike"))).isEqualTo(new Put.Added());
    assertThat(started().all()).hasSize(2);
    assertThat(desk.put(plan("i", "rower")))
        .isInstanceOfSatisfying(
            Put.Refused.class, it -> assertThat(it.reason()).contains("i.json", "rename"));
  }

  @Test
  void a_file_that_comes_back_is_registered_again_though_it_is_as_old_as_before()
      throws IOException {
    Path file = write(given.resolve("g.json"), plan("g", "bike"));
    var changed = Files.getLastModifiedTime(file);
    FloorPlanDesk desk = desk(plans);
    desk.register();
    Files.delete(file);
    desk.register();
    desk.remove(G);
    Files.setLastModifiedTime(write(file, plan("g", "bike")), changed);
    desk.register();
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
