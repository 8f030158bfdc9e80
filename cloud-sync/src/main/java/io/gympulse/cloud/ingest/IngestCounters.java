package io.gympulse.cloud.ingest;

import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counters of ingest since the process started. Safe for any number of threads.
///
/// Deliveries are counted, not distinct messages: a message that is delivered twice counts twice.
public final class IngestCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder acksDropped = new LongAdder();
  private final Map<RejectionCode, LongAdder> rejected = new EnumMap<>(RejectionCode.class);

  public IngestCounters() {
    for (RejectionCode code : RejectionCode.values()) {
      rejected.put(code, new LongAdder());
    }
  }

  /// Messages delivered by the queue.
  public long received() {
    return received.sum();
  }

  /// Events and machines' own reports that were stored.
  public long stored() {
    return stored.sum();
  }

  /// Messages returned to the queue because the store or the broker failed.
  public long failed() {
    return failed.sum();
  }

  /// Pending acknowledgements that could not be published; their gateways send those events again.
  public long acksDropped() {
    return acksDropped.sum();
  }

  /// Messages rejected as a whole, plus events and snapshot rows rejected one by one.
  public long rejected(RejectionCode code) {
    LongAdder count = rejected.get(code);
    return count == null ? 0 : count.sum();
  }

  /// The sum of [#rejected(RejectionCode)] over all codes.
  public long rejected() {
    return rejected.values().stream().mapToLong(LongAdder::sum).sum();
  }

  void addReceived(long messages) {
    received.add(messages);
  }

  void addStored(long events) {
    stored.add(events);
  }

  void addFailed(long messages) {
    failed.add(messages);
  }

  void addAcksDropped(long acks) {
    acksDropped.add(acks);
  }

  void addRejected(RejectionCode code, long count) {
    LongAdder adder = rejected.get(code);
    if (adder != null) {
      adder.add(count);
    }
  }
}
