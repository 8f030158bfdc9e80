package io.gympulse.cloud.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.core.memory.InMemoryDeviceCounts;
import io.gympulse.cloud.core.memory.InMemoryMetricPoints;
import io.gympulse.cloud.core.memory.InMemoryRawStore;
import io.gympulse.cloud.core.memory.InMemoryWorkQueue;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Whatever body comes, it is stored or refused in words: no fault is ever ours, and what is passed
/// on can be read at the other end.
class PipelineFuzzTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final PipelineCounters counters = new PipelineCounters();

  @FuzzTest
  void reports_are_counted_or_refused(byte[] body) {
    InMemoryWorkQueue queue = new InMemoryWorkQueue(QueueSettings.standard("items"), () -> NOON);
    answered(
        new DeviceIngestHandler(new InMemoryRawStore(), queue, () -> NOON, counters)
            .handleRequest(post(body), null));
    List<String> items = queue.receive(10).stream().map(it -> it.body()).toList();
    assertThat(countFailures(items)).isZero();
  }

  @FuzzTest
  void points_are_stored_or_refused(byte[] body) {
    answered(
        new MetricIngestHandler(new InMemoryMetricPoints(), () -> NOON, counters)
            .handleRequest(post(body), null));
  }

  @FuzzTest
  void messages_are_counted_or_given_back(byte[] body) {
    assertThat(countFailures(List.of(new String(body, UTF_8)))).isBetween(0, 1);
  }

  @FuzzTest
  void dates_are_answered(byte[] date) {
    answered(
        new DeviceStatsPageHandler(new InMemoryDeviceCounts(), counters)
            .handleRequest(Calls.get(Map.of("date", new String(date, UTF_8))), null));
  }

  private int countFailures(List<String> bodies) {
    return new DeviceCountHandler(new InMemoryDeviceCounts(), () -> NOON, counters)
        .handleRequest(Calls.deliveries(bodies), null)
        .getBatchItemFailures()
        .size();
  }

  private static APIGatewayV2HTTPEvent post(byte[] body) {
    return Calls.base64(Base64.getEncoder().encodeToString(body));
  }

  private static void answered(APIGatewayV2HTTPResponse response) {
    assertThat(response.getStatusCode()).isIn(200, 207, 400, 413, 422);
    assertThat(UTF_8.newEncoder().canEncode(response.getBody())).isTrue();
  }
}
