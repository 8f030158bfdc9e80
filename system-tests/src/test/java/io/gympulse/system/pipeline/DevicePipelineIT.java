package io.gympulse.system.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.KeyValueLine;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cloud as a process, killed while it accepts device reports.
class DevicePipelineIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int REPORTS = 150;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void a_cloud_killed_between_accepting_and_counting_counts_each_item_once(@TempDir Path folder)
      throws Exception {
    int port = Ports.free();
    List<String> feedOutput = new CopyOnWriteArrayList<>();
    LocalDate first = LocalDate.now(ZoneOffset.UTC);
    try (ManagedProcess feed = feed(folder, port, feedOutput)) {
      try (ManagedProcess cloud = cloud(folder, port)) {
        await().atMost(TIMEOUT).until(() -> health(port).path("enqueued").asInt() > 200);
        cloud.kill();
      }
      try (ManagedProcess _ = cloud(folder, port)) {
        assertThat(feed.awaitExit(TIMEOUT)).as(String.join("\n", feedOutput)).isZero();
        await().atMost(TIMEOUT).until(() -> health(port).path("waiting").asInt() == 0);
        KeyValueLine result = KeyValueLine.parse("feed: ", feedOutput.getLast()).orElseThrow();
        assertThat(result.number("accepted")).isEqualTo(REPORTS);
        long counted = counted(port, first) + counted(port, first.plusDays(1));
        assertThat(counted).isEqualTo(result.number("enqueued"));
        assertThat(folder.resolve("data/raw")).isDirectory();
        try (var bodies = Files.list(folder.resolve("data/raw"))) {
          assertThat(bodies.filter(it -> it.toString().endsWith(".json"))).hasSize(REPORTS);
        }
      }
    } finally {
      client.shutdownNow();
    }
  }

  private static ManagedProcess cloud(Path folder, int port)
      throws IOException, InterruptedException {
    ManagedProcess cloud =
        ManagedProcess.start(
            "cloud",
            Launcher.current()
                .process(
                    "cloud",
                    List.of(
                        "--data=" + folder.resolve("data"),
                        "--mqtt-port=0",
                        "--api-port=0",
                        "--http-port=" + port)),
            folder.resolve("cloud.log"),
            _ -> {});
    cloud.awaitReady(TIMEOUT);
    return cloud;
  }

  private static ManagedProcess feed(Path folder, int port, List<String> feedOutput)
      throws IOException {
    return ManagedProcess.start(
        "feed",
        Launcher.current()
            .process(
                "feed",
                List.of(
                    "--url=http://127.0.0.1:" + port,
                    "--count=" + REPORTS,
                    "--rate=40",
                    "--seed=5",
                    "--tries=60")),
        folder.resolve("feed.log"),
        feedOutput::add);
  }

  private JsonNode health(int port) throws Exception {
    return get(port, "/health").path("devicePipeline");
  }

  private long counted(int port, LocalDate date) throws Exception {
    long sum = 0;
    for (JsonNode row : get(port, "/stats?date=" + date)) {
      sum += row.path("count").asLong();
    }
    return sum;
  }

  private JsonNode get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
  }
}
