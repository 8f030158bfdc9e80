package io.gympulse.system.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.OutboxCounters;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.process.Launcher;
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

/// The whole cloud on a file system that is filled while a gateway records events, and freed again.
/// Mounting it needs root: `-Dgympulse.smallDisk=true`.
@EnabledIfSystemProperty(named = "gympulse.smallDisk", matches = "true")
class FullCloudDiskIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int EXIT_CODE = 3;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void a_full_disk_loses_no_event(@TempDir Path folder) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("cloud"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()),
        "a file system cannot be mounted here");
    long recorded;
    try {
      try (TestEnvironment environment = TestEnvironment.start(config(folder), _ -> {})) {
        await().atMost(TIMEOUT).until(() -> environment.counters().acknowledged() > 5);
        fill(disk.resolve("filling"));
        await()
            .atMost(TIMEOUT)
            .until(() -> hasEnded(environment) || health(environment).statusCode() == 503);
        if (!hasEnded(environment)) {
          assertThat(new ObjectMapper().readTree(health(environment).body()).toString())
              .contains("full");
        }
        long before = environment.counters().recorded();
        await().atMost(TIMEOUT).until(() -> environment.counters().recorded() > before + 20);
        Files.delete(disk.resolve("filling"));
        if (hasEnded(environment)) {
          assertThat(environment.cloud().process().awaitExit(TIMEOUT)).isEqualTo(EXIT_CODE);
          environment.cloud().start();
        }
        await()
            .atMost(TIMEOUT)
            .until(
                () ->
                    !hasEnded(environment)
                        && health(environment).statusCode() == 200
                        && isDrained(environment, before));
        recorded = environment.counters().recorded();
      }
      try (SqliteCloudStore store = SqliteCloudStore.open(disk.resolve("cloud.db"))) {
        assertThat(store.events().count()).isGreaterThanOrEqualTo(recorded);
      }
    } finally {
      client.shutdownNow();
      run("umount", "--lazy", disk.toString());
    }
  }

  private static EnvironmentConfig config(Path folder) {
    Launcher launcher = Launcher.current();
    Instant now = InstantSource.system().instant();
    return new EnvironmentConfig(
        launcher,
        folder,
        List.of(launcher.home().resolve("floor-plans/downtown.json")),
        0,
        Optional.empty(),
        new EnvironmentConfig.Timing(
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ZERO),
        // Only the simulator runs on a fast clock.
        new EnvironmentConfig.SensorInput.Simulated(
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

  private static boolean isDrained(TestEnvironment environment, long before) {
    OutboxCounters now = environment.counters();
    return now.allSent() && now.acknowledged() > before;
  }

  private static boolean hasEnded(TestEnvironment environment) {
    return !environment.cloud().process().alive();
  }

  private HttpResponse<String> health(TestEnvironment environment) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(environment.cloudUri() + "/health"))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
