package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.TestGyms.GATEWAY_1;
import static io.gympulse.cloud.ingest.TestGyms.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.memory.InMemoryMetricPoints;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.message.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {
  private static final DeviceId GATEWAY = new DeviceId("gw-1");
  private static final MetricName DEPTH = new MetricName("outbox_depth");
  private static final MetricName LAG = new MetricName("covered_lag");

  private final InMemoryCloudStore store = TestGyms.store();
  private final InMemoryMetricPoints points = new InMemoryMetricPoints();

  @Test
  void a_repeated_heartbeat_is_stored_once_as_metrics_of_its_gateway() {
    Heartbeat heartbeat = new Heartbeat(GATEWAY_1, NOW, Optional.of(NOW.minusMillis(1_500)), 17);
    assertThat(deliver(points, heartbeat)).isZero();
    assertThat(deliver(points, heartbeat)).isZero();
    assertThat(range(DEPTH))
        .containsExactly(
            new MetricPoint(
                GATEWAY, DEPTH, NOW, 17, Optional.of("events"), MetricPoint.NO_METADATA));
    assertThat(range(LAG)).extracting(MetricPoint::value).containsExactly(1.5);
  }

  @Test
  void a_gateway_without_a_watermark_has_no_lag() {
    deliver(points, new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 3));
    assertThat(range(DEPTH)).hasSize(1);
    assertThat(range(LAG)).isEmpty();
  }

  @Test
  void a_rejected_heartbeat_has_no_metrics() {
    deliver(points, new Heartbeat(GATEWAY_1, NOW.plus(Duration.ofHours(1)), Optional.empty(), 3));
    assertThat(range(DEPTH)).isEmpty();
    assertThat(range(LAG)).isEmpty();
  }

  @Test
  void every_path_stores_them_if_configured() {
    IngestPaths paths = new IngestPaths(store, (_, _) -> {}).withMetrics(points);
    assertThat(paths.byQueue(List.of(heartbeat(0)))).isEmpty();
    assertThat(paths.byStream(List.of(heartbeat(1)))).isEmpty();
    assertThat(paths.byRule(heartbeat(2))).isTrue();
    assertThat(points.range(GATEWAY, DEPTH, NOW.minusSeconds(9), NOW.plusSeconds(1), 10))
        .extracting(MetricPoint::value)
        .containsExactlyInAnyOrder(0.0, 1.0, 2.0);
  }

  private static String heartbeat(int depth) {
    return TestQueue.of(new Heartbeat(GATEWAY_1, NOW.minusSeconds(depth), Optional.empty(), depth))
        .getFirst();
  }

  @Test
  void metrics_that_cannot_be_stored_hold_up_nothing() {
    MetricPoints down =
        new MetricPoints() {
          @Override
          public List<NotStored> put(List<MetricPoint> given) {
            throw new StoreUnavailableException("throttled", null);
          }

          @Override
          public List<MetricPoint> range(
              DeviceId device, MetricName metric, Instant from, Instant to, int most) {
            return List.of();
          }
        };
    assertThat(deliver(down, new Heartbeat(GATEWAY_1, NOW, Optional.empty(), 3))).isZero();
    assertThat(store.gateways().all())
        .singleElement()
        .matches(it -> it.presence().orElseThrow().online());
  }

  /// Returns how many messages failed.
  private int deliver(MetricPoints metrics, Heartbeat heartbeat) {
    IngestHandler handler =
        new IngestHandler(store, (_, _) -> {}, Duration.ofMinutes(5), new IngestCounters())
            .withMetrics(metrics);
    return TestQueue.deliver(handler, TestQueue.of(heartbeat)).size();
  }

  private List<MetricPoint> range(MetricName metric) {
    return points.range(GATEWAY, metric, NOW.minusSeconds(1), NOW.plusSeconds(1), 10);
  }
}
