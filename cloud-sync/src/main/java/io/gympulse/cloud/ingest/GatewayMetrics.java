package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.contract.message.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns a heartbeat into metric points of the gateway, whose device id is the gateway's: the
/// number of unacknowledged events (`outbox_depth`) and the age of its watermark (`covered_lag`,
/// seconds).
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
