package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Outcome;
import java.util.concurrent.atomic.LongAdder;

/// How attempts at deliveries went since the process started. Safe for any number of threads.
///
/// attempts = delivered + retried + gone, save for those under way.
public final class DeliveryCounters {
  private final LongAdder delivered = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder unnoted = new LongAdder();

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

  /// Of all attempts, those whose outcome could not be noted: they are repeated under their id.
  public long unnoted() {
    return unnoted.sum();
  }

  void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Delivered _ -> delivered.increment();
      case Outcome.Retry _, Outcome.NoAnswer _ -> retried.increment();
      case Outcome.Gone _ -> gone.increment();
    }
  }

  void addUnnoted() {
    unnoted.increment();
  }
}
