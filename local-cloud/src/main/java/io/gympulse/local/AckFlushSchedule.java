package io.gympulse.local;

import io.gympulse.cloud.ingest.CoalescingAcks;
import io.gympulse.cloud.ingest.IngestCounters;
import java.time.Duration;

/// Publishes held acknowledgements of live events when they are due. Checks ten times within the
/// configured delay, so that none exceeds it; publishes all on an orderly shutdown.
final class AckFlushSchedule implements AutoCloseable {
  private static final int CHECKS_PER_DELAY = 10;

  private final CoalescingAcks held;
  private final PeriodicTask flushing;

  private AckFlushSchedule(CoalescingAcks held, PeriodicTask flushing) {
    this.held = held;
    this.flushing = flushing;
  }

  static AckFlushSchedule start(
      CloudSettings settings, BrokerPublisher publisher, IngestCounters counters) {
    Duration delay = settings.acknowledgeWithin();
    Duration interval = delay.dividedBy(CHECKS_PER_DELAY);
    CoalescingAcks held =
        new CoalescingAcks(publisher, delay.minus(interval), settings.clock(), counters);
    return new AckFlushSchedule(
        held,
        new PeriodicTask("acknowledgements", settings.clock().toReal(interval), held::publishDue));
  }

  CoalescingAcks held() {
    return held;
  }

  @Override
  public void close() {
    flushing.close();
    held.publishAll();
  }
}
