package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.AnswerCounters;
import java.util.concurrent.atomic.LongAdder;

/// What the device pipeline has done since the process started. Safe for any number of threads.
public final class PipelineCounters {
  private final AnswerCounters answers = new AnswerCounters();
  private final LongAdder enqueued = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private final LongAdder counted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder points = new LongAdder();
  private final LongAdder pointsRejected = new LongAdder();

  /// Requests by the status they were answered with.
  public AnswerCounters answers() {
    return answers;
  }

  /// Items put into the queue.
  public long enqueued() {
    return enqueued.sum();
  }

  /// Items of kept reports that the queue did not take; their senders were told.
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

  /// Deliveries handed back to the queue.
  public long failed() {
    return failed.sum();
  }

  /// Metric points stored; the same point again counts again.
  public long points() {
    return points.sum();
  }

  /// Metric points refused, or not stored.
  public long pointsRejected() {
    return pointsRejected.sum();
  }

  void sent(int taken, int refused) {
    enqueued.add(taken);
    unsent.add(refused);
  }

  void delivered(boolean added) {
    (added ? counted : repeated).increment();
  }

  void failedDeliveries(int count) {
    failed.add(count);
  }

  void pointsJudged(int stored, int rejected) {
    points.add(stored);
    pointsRejected.add(rejected);
  }
}
