package io.gympulse.cloud.lambda;

import io.gympulse.cloud.ingest.IngestCounters;
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
}
