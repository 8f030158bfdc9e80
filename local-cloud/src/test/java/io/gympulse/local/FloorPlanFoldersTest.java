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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorPlanFoldersTest {
  @TempDir Path folder;

  private final FloorPlans plans = new InMemoryCloudStore().floorPlans();

  @Test
  void a_machine_may_move_to_a_gym_whose_file_is_read_first() throws IOException {
    FloorPlanFolders folders = new FloorPlanFolders(List.of(folder), plans);
    write("a", 1, "bike");
    write("z", 1, "rower", "treadmill");
    folders.register();
    write("a", 2, "bike", "rower");
    write("z", 2, "treadmill");
    assertThatThrownBy(folders::register)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rower");
    folders.register();
    assertThat(plans.locate(new MachineId("rower")).orElseThrow().owner().gym())
        .isEqualTo(new GymId("a"));
  }

  @Test
  void an_invalid_file_is_named_and_does_not_affect_the_others() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{");
    write("z", 1, "rower");
    FloorPlanFolders folders = new FloorPlanFolders(List.of(folder), plans);
    assertThatThrownBy(folders::register).hasMessageContaining("broken.json");
    assertThat(plans.find(new GymId("z"))).isPresent();
  }

  private void write(String gym, int version, String... machines) throws IOException {
    FloorPlan plan =
        new FloorPlan(
            new Gym(new GymId(gym), "Gym", 0, 0, ZoneId.of("UTC")),
            new GatewayId(gym + "-gw"),
            Arrays.stream(machines)
                .map(
                    it ->
                        new Machine(
                            new MachineId(it), new CategoryId("c"), "Machine", 0, 0, List.of()))
                .toList());
    Path file = Files.writeString(folder.resolve(gym + ".json"), FloorPlanFile.write(plan));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(version)));
  }
}
