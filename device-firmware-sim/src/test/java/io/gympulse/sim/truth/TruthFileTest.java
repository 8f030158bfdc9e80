package io.gympulse.sim.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.GroundTruth.Fact;
import io.gympulse.sim.day.GroundTruth.Transition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {

  @Test
  void a_line_is_written_at_once_and_a_second_run_appends(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("truth.jsonl");
    MachineId bike = new MachineId("bike-1");
    try (TruthFile truth = TruthFile.open(file)) {
      truth.append(new Transition(Instant.ofEpochMilli(1_000), bike, Fact.OCCUPIED, true));
      assertThat(Files.readAllLines(file))
          .containsExactly("{\"at\":1000,\"machine\":\"bike-1\",\"status\":\"occupied\"}");
    }
    try (TruthFile truth = TruthFile.open(file)) {
      truth.append(new Transition(Instant.ofEpochMilli(2_500), bike, Fact.OCCUPIED, false));
      truth.append(new Transition(Instant.ofEpochMilli(2_500), bike, Fact.MOVED, true));
    }

    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .endsWith(
            "{\"at\":2500,\"machine\":\"bike-1\",\"status\":\"free\"}",
            "{\"at\":2500,\"machine\":\"bike-1\",\"moved\":true}");
  }
}
