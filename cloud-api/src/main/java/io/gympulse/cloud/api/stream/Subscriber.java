package io.gympulse.cloud.api.stream;

import java.util.concurrent.atomic.AtomicInteger;

/// One connection and what it has not taken yet. Safe for any number of threads.
final class Subscriber {
  /// A client this far behind would read history, not the present: it does better to reconnect and
  /// read REST anew.
  static final int MOST_UNSENT = 1024;

  private final Audience audience;
  private final Outlet outlet;
  private final AtomicInteger unsent = new AtomicInteger();

  Subscriber(Audience audience, Outlet outlet) {
    this.audience = audience;
    this.outlet = outlet;
  }

  Audience audience() {
    return audience;
  }

  /// Whether the frame was accepted. If not, the client is too slow and must be dropped.
  boolean offer(String text) {
    if (unsent.get() >= MOST_UNSENT) {
      return false;
    }
    unsent.incrementAndGet();
    var _ = outlet.send(text).whenComplete((sent, failure) -> unsent.decrementAndGet());
    return true;
  }

  void drop() {
    outlet.drop();
  }
}
