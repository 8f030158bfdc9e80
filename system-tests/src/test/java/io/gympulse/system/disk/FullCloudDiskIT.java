package io.gympulse.system.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.rig.Counters;
import io.gympulse.system.rig.Rig;
import io.gympulse.system.rig.RigPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The whole cloud, broker and stores, on a file system that is filled while a gateway records, and
/// freed again. Mounting it needs root: `-Dgympulse.smallDisk=true`.
@EnabledIfSystemProperty(named = "gympulse.smallDisk", matches = "true")
class FullCloudDiskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ENDED = 3;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void a_disk_that_was_full_has_cost_no_event(@TempDir Path folder) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("cloud"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()),
        "a file system cannot be mounted here");
    long recorded;
    try {
      try (Rig rig = Rig.start(plan(folder), _ -> {})) {
        await().atMost(PATIENCE).until(() -> rig.counters().acknowledged() > 5);
        fill(disk.resolve("filling"));
        await().atMost(PATIENCE).until(() -> ended(rig) || health(rig).statusCode() == 503);
        if (!ended(rig)) {
          assertThat(new ObjectMapper().readTree(health(rig).body()).toString()).contains("full");
        }
        long before = rig.counters().recorded();
        await().atMost(PATIENCE).until(() -> rig.counters().recorded() > before + 20);
        Files.delete(disk.resolve("filling"));
        if (ended(rig)) {
          assertThat(rig.processes().cloud().awaitExit(PATIENCE)).isEqualTo(ENDED);
          rig.processes().startCloud();
        }
        await()
            .atMost(PATIENCE)
            .until(() -> !ended(rig) && health(rig).statusCode() == 200 && drained(rig, before));
        recorded = rig.counters().recorded();
      }
      try (SqliteCloudStore store = SqliteCloudStore.open(disk.resolve("cloud.db"))) {
        assertThat(store.events().count()).isGreaterThanOrEqualTo(recorded);
      }
    } finally {
      client.shutdownNow();
      run("umount", "--lazy", disk.toString());
    }
  }

  private static RigPlan plan(Path folder) {
    Launcher launcher = Launcher.current();
    Instant now = InstantSource.system().instant();
    return new RigPlan(
        launcher,
        folder,
        List.of(launcher.home().resolve("floor-plans/downtown.json")),
        0,
        Optional.empty(),
        new RigPlan.Timing(
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ZERO),
        // Only the simulated people hurry.
        new RigPlan.SensorsPlan.Simulated(
            7, List.of("--at-hour", "18", "--clock", ProcessClock.argument(now, now, 60))),
        false,
        Optional.empty());
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[1_024]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean drained(Rig rig, long before) {
    Counters now = rig.counters();
    return now.allSent() && now.acknowledged() > before;
  }

  private static boolean ended(Rig rig) {
    return !rig.processes().cloud().alive();
  }

  private HttpResponse<String> health(Rig rig) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rig.feed() + "/health"))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
