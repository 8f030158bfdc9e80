package io.gympulse.cloud.lambda;

import io.gympulse.cloud.alert.DeliveryCounters;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.dispatch.DispatchCounters;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.pipeline.PipelineCounters;
import io.gympulse.contract.message.RejectionCode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counters by the names of their metrics.
final class Counts {
  private Counts() {}

  static Map<String, Long> of(IngestCounters counters) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("received", counters.received());
    counts.put("stored", counters.stored());
    counts.put("failed", counters.failed());
    counts.put("untold", counters.untold());
    counts.put("rejected", counters.rejected());
    for (RejectionCode code : RejectionCode.values()) {
      counts.put("rejected." + code.wireName(), counters.rejected(code));
    }
    return counts;
  }

  static Map<String, Long> of(
      DispatchCounters dispatched, DeliveryCounters deliveries, DeliveryFigures frames) {
    Map<String, Long> counts = new LinkedHashMap<>();
    dispatched.followed().forEach((name, count) -> counts.put("followed." + name, count));
    dispatched.failed().forEach((name, count) -> counts.put("failed." + name, count));
    counts.put("unreadable", dispatched.unreadable());
    counts.put("delivered", deliveries.delivered());
    counts.put("retried", deliveries.retried());
    counts.put("gone", deliveries.gone());
    counts.put("unnoted", deliveries.unnoted());
    counts.put("frames.sent", frames.sent());
    counts.put("frames.gone", frames.gone());
    counts.put("frames.failed", frames.failed());
    return counts;
  }

  static Map<String, Long> of(PipelineCounters counters) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counters
        .answers()
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
