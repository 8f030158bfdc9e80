package io.gympulse.cloud.ingest;

import io.gympulse.contract.message.RejectionCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What ingest has done since the process started. Safe for any number of threads.
///
/// Deliveries are counted, not distinct messages: what is delivered twice counts twice.
public final class IngestCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder untold = new LongAdder();
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

  /// Events and machines' own reports that the store took.
  public long stored() {
    return stored.sum();
  }

  /// Messages handed back to the queue because the store or the broker failed.
  public long failed() {
    return failed.sum();
  }

  /// Acknowledgements that were held and given up; their gateways send those events again.
  public long untold() {
    return untold.sum();
  }

  /// Messages refused as a whole, plus events and snapshot rows refused one by one.
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

  void addUntold(long acknowledgements) {
    untold.add(acknowledgements);
  }

  void addRejected(RejectionCode code, long count) {
    LongAdder adder = rejected.get(code);
    if (adder != null) {
      adder.add(count);
    }
  }
}
