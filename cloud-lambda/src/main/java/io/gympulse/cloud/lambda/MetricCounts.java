package io.gympulse.cloud.lambda;

import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DeliveryCounters;
import io.gympulse.cloud.pipeline.PipelineCounters;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Maps counters to metric names.
final class MetricCounts {
  private MetricCounts() {}

  static Map<String, Long> of(IngestCounters counters) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("received", counters.received());
    counts.put("stored", counters.stored());
    counts.put("failed", counters.failed());
    counts.put("acks_dropped", counters.acksDropped());
    counts.put("rejected", counters.rejected());
    for (RejectionCode code : RejectionCode.values()) {
      counts.put("rejected." + code.wireName(), counters.rejected(code));
    }
    return counts;
  }

  static Map<String, Long> of(
      ConsumerCounters consumers, DeliveryCounters deliveries, DeliveryFigures frames) {
    Map<String, Long> counts = new LinkedHashMap<>();
    consumers.success().forEach((name, count) -> counts.put("consumer.success." + name, count));
    consumers.failure().forEach((name, count) -> counts.put("consumer.failure." + name, count));
    counts.put("unreadable", consumers.unreadable());
    counts.put("delivered", deliveries.delivered());
    counts.put("retried", deliveries.retried());
    counts.put("gone", deliveries.gone());
    counts.put("outcomes_unrecorded", deliveries.outcomesUnrecorded());
    counts.put("frames.sent", frames.sent());
    counts.put("frames.gone", frames.gone());
    counts.put("frames.failed", frames.failed());
    return counts;
  }

  static Map<String, Long> of(PipelineCounters counters) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counters
        .responses()
        .byStatus()
        .forEach((status, count) -> counts.put("answered." + status, count));
    counts.put("enqueued", counters.enqueued());
    counts.put("unsent", counters.unsent());
    counts.put("counted", counters.counted());
    counts.put("repeated", counters.repeated());
    counts.put("failed", counters.failed());
    counts.put("points", counters.points());
    counts.put("points.rejected", counters.pointsRejected());
    return counts;
  }
}
