package io.gympulse.cloud.ingest;

import static io.gympulse.cloud.ingest.Branch.NOW;
import static io.gympulse.cloud.ingest.Branch.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.memory.InMemoryMetricPoints;
import io.gympulse.cloud.core.metric.DeviceId;
import io.gympulse.cloud.core.metric.MetricName;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.metric.MetricPoints;
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

  private final InMemoryCloudStore store = Branch.store();
  private final InMemoryMetricPoints points = new InMemoryMetricPoints();

  @Test
  void a_heartbeat_is_measurements_of_its_gateway_stored_once_however_often_it_comes() {
    Heartbeat heartbeat = new Heartbeat(US, NOW, Optional.of(NOW.minusMillis(1_500)), 17);
    assertThat(deliver(points, heartbeat)).isZero();
    assertThat(deliver(points, heartbeat)).isZero();
    assertThat(range(DEPTH))
        .containsExactly(
            new MetricPoint(
                GATEWAY, DEPTH, NOW, 17, Optional.of("events"), MetricPoint.NO_METADATA));
    assertThat(range(LAG)).extracting(MetricPoint::value).containsExactly(1.5);
  }

  @Test
  void a_gateway_that_vouches_for_nothing_yet_has_no_lag() {
    deliver(points, new Heartbeat(US, NOW, Optional.empty(), 3));
    assertThat(points.metricsOf(GATEWAY)).containsExactly(DEPTH);
  }

  @Test
  void a_heartbeat_that_is_refused_measures_nothing() {
    deliver(points, new Heartbeat(US, NOW.plus(Duration.ofHours(1)), Optional.empty(), 3));
    assertThat(points.metricsOf(GATEWAY)).isEmpty();
  }

  @Test
  void every_door_keeps_them_if_asked_to() {
    Doors doors = new Doors(store, (_, _) -> {}).measuring(points);
    assertThat(doors.byQueue(List.of(heartbeat(0)))).isEmpty();
    assertThat(doors.byStream(List.of(heartbeat(1)))).isEmpty();
    assertThat(doors.byRule(heartbeat(2))).isTrue();
    assertThat(points.range(GATEWAY, DEPTH, NOW.minusSeconds(9), NOW.plusSeconds(1), 10))
        .extracting(MetricPoint::value)
        .containsExactlyInAnyOrder(0.0, 1.0, 2.0);
  }

  private static String heartbeat(int depth) {
    return Queue.of(new Heartbeat(US, NOW.minusSeconds(depth), Optional.empty(), depth)).getFirst();
  }

  @Test
  void figures_that_cannot_be_stored_hold_up_nothing() {
    MetricPoints down =
        new MetricPoints() {
          @Override
          public List<Unkept> put(List<MetricPoint> given) {
            throw new StoreUnavailableException("throttled", null);
          }

          @Override
          public List<MetricPoint> range(
              DeviceId device, MetricName metric, Instant from, Instant to, int most) {
            return List.of();
          }

          @Override
          public List<MetricName> metricsOf(DeviceId device) {
            return List.of();
          }
        };
    assertThat(deliver(down, new Heartbeat(US, NOW, Optional.empty(), 3))).isZero();
    assertThat(store.view().presences()).singleElement().matches(it -> it.online());
  }

  /// Returns how many messages failed.
  private int deliver(MetricPoints metrics, Heartbeat heartbeat) {
    IngestHandler handler =
        new IngestHandler(store, (_, _) -> {}, Duration.ofMinutes(5), new IngestCounters())
            .measuring(metrics);
    return Queue.deliver(handler, Queue.of(heartbeat)).size();
  }

  private List<MetricPoint> range(MetricName metric) {
    return points.range(GATEWAY, metric, NOW.minusSeconds(1), NOW.plusSeconds(1), 10);
  }
}
