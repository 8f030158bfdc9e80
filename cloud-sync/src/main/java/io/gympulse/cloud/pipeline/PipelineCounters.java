package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.ResponseCounters;
import java.util.concurrent.atomic.LongAdder;

/// Counters of the device pipeline since the process started. Safe for any number of threads.
public final class PipelineCounters {
  private final ResponseCounters responses = new ResponseCounters();
  private final LongAdder enqueued = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private final LongAdder counted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder points = new LongAdder();
  private final LongAdder pointsRejected = new LongAdder();

  /// Responses by status.
  public ResponseCounters responses() {
    return responses;
  }

  /// Items accepted by the queue.
  public long enqueued() {
    return enqueued.sum();
  }

  /// Items of stored reports that the queue rejected; the response says so.
  public long unsent() {
    return unsent.sum();
  }

  /// Items counted.
  public long counted() {
    return counted.sum();
  }

  /// Items delivered that had been counted before.
  public long repeated() {
    return repeated.sum();
  }

  /// Deliveries returned to the queue.
  public long failed() {
    return failed.sum();
  }

  /// Metric points stored; a repeated point counts again.
  public long points() {
    return points.sum();
  }

  /// Metric points rejected, or not stored.
  public long pointsRejected() {
    return pointsRejected.sum();
  }

  void sent(int accepted, int rejected) {
    enqueued.add(accepted);
    unsent.add(rejected);
  }

  void delivered(boolean added) {
    (added ? counted : repeated).increment();
  }

  void failedDeliveries(int count) {
    failed.add(count);
  }

  void pointsIngested(int stored, int rejected) {
    points.add(stored);
    pointsRejected.add(rejected);
  }
}
