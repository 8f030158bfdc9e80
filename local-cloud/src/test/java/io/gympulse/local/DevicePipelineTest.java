package io.gympulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.local.http.Route;
import io.gympulse.process.ProcessClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicePipelineTest {

  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  private static final String REPORT =
      "{\"processed_devices\":[{\"type\":\"light\",\"state\":\"on\","
          + "\"timestamp\":\"2026-05-01T10:00:00Z\"}]}";

  @TempDir Path directory = Path.of("");

  @Test
  void a_report_is_a_file_and_then_a_count() throws Exception {
    DataFolder data = new DataFolder(directory);
    try (SqliteCloudStore store = SqliteCloudStore.open(data.database());
        DevicePipeline pipeline = DevicePipeline.start(data, store, ProcessClock.real())) {
      JsonNode answer = post(pipeline, "/ingest", REPORT);
      assertThat(Files.readString(directory.resolve(answer.path("raw_key").asText()), UTF_8))
          .isEqualTo(REPORT);
      await().until(() -> pipeline.health().path("counted").asInt() == 1);
      assertThat(store.deviceCounts().of(MAY_1)).extracting(DeviceCount::count).containsExactly(1L);
    }
  }

  @Test
  void points_are_in_the_store_when_they_are_accepted() throws Exception {
    DataFolder data = new DataFolder(directory);
    Instant now = ProcessClock.real().instant();
    try (SqliteCloudStore store = SqliteCloudStore.open(data.database());
        DevicePipeline pipeline = DevicePipeline.start(data, store, ProcessClock.real())) {
      String point =
          "[{\"device_id\":\"d\",\"metric\":\"m\",\"value\":1,\"timestamp\":\"%s\"}]"
              .formatted(now);
      assertThat(post(pipeline, "/ingest/batch", point).path("accepted").asInt()).isEqualTo(1);
      assertThat(
              store
                  .metricPoints()
                  .range(
                      new DeviceId("d"),
                      new MetricName("m"),
                      now.minusSeconds(1),
                      now.plusSeconds(1),
                      10))
          .hasSize(1);
    }
  }

  private static JsonNode post(DevicePipeline pipeline, String path, String body) throws Exception {
    Route route =
        pipeline.routes().stream().filter(it -> it.path().equals(path)).findFirst().orElseThrow();
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withBody(body)
            .withRequestContext(
                RequestContext.builder().withRequestId(UUID.randomUUID().toString()).build())
            .build();
    var answer = route.handler().handleRequest(event, null);
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.getBody());
  }
}
