package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.notification.DeliveryOutcome;
import java.util.concurrent.atomic.LongAdder;

/// Counters of delivery attempts since the process started. Safe for any number of threads.
///
/// attempts = delivered + retried + gone + those in progress.
public final class DeliveryCounters {
  private final LongAdder delivered = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder outcomesUnrecorded = new LongAdder();

  public long delivered() {
    return delivered.sum();
  }

  /// Attempts that failed but may be repeated.
  public long retried() {
    return retried.sum();
  }

  public long gone() {
    return gone.sum();
  }

  /// Of all attempts, those whose outcome could not be stored: they are repeated under their id.
  public long outcomesUnrecorded() {
    return outcomesUnrecorded.sum();
  }

  void add(DeliveryOutcome outcome) {
    switch (outcome) {
      case DeliveryOutcome.Delivered _ -> delivered.increment();
      case DeliveryOutcome.Retry _, DeliveryOutcome.NoAnswer _ -> retried.increment();
      case DeliveryOutcome.Gone _ -> gone.increment();
    }
  }

  void addOutcomeUnrecorded() {
    outcomesUnrecorded.increment();
  }
}
