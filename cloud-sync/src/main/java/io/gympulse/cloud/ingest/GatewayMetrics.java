package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.metric.DeviceId;
import io.gympulse.cloud.core.metric.MetricName;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.contract.message.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A heartbeat as measurements of the gateway, whose device id is the gateway's: how many events
/// wait (`outbox_depth`), and how far what it vouches for lies behind (`covered_lag`, seconds).
final class GatewayMetrics {
  private static final MetricName DEPTH = new MetricName("outbox_depth");
  private static final MetricName LAG = new MetricName("covered_lag");

  private GatewayMetrics() {}

  static List<MetricPoint> of(Heartbeat heartbeat) {
    List<MetricPoint> points = new ArrayList<>();
    points.add(point(heartbeat, DEPTH, (double) heartbeat.outboxDepth(), "events"));
    heartbeat
        .coveredTo()
        .map(it -> Duration.between(it, heartbeat.sentAt()).toMillis() / 1_000.0)
        .ifPresent(it -> points.add(point(heartbeat, LAG, it, "s")));
    return List.copyOf(points);
  }

  private static MetricPoint point(
      Heartbeat heartbeat, MetricName metric, double value, String unit) {
    return new MetricPoint(
        new DeviceId(heartbeat.from().gateway().value()),
        metric,
        heartbeat.sentAt(),
        value,
        Optional.of(unit),
        MetricPoint.NO_METADATA);
  }
}
