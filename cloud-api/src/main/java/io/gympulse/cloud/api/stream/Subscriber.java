package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.broadcast.Audience;
import io.gympulse.cloud.state.broadcast.DeliveryFigures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// One connection and what it has not taken yet. Safe for any number of threads.
final class Subscriber {
  /// A client this far behind would read history, not the present: it does better to reconnect and
  /// read REST anew.
  static final int MOST_UNSENT = 1024;

  private final Audience audience;
  private final Optional<UserId> user;
  private final Outlet outlet;
  private final AtomicInteger unsent = new AtomicInteger();

  /// @param user whose page it is, if it said so
  Subscriber(Audience audience, Optional<UserId> user, Outlet outlet) {
    this.audience = audience;
    this.user = user;
    this.outlet = outlet;
  }

  Audience audience() {
    return audience;
  }

  boolean isOf(UserId other) {
    return user.isPresent() && user.get().equals(other);
  }

  /// Whether the client is too slow and must be dropped.
  boolean lags() {
    return unsent.get() >= MOST_UNSENT;
  }

  /// Hands over a frame.
  ///
  /// @return ends with whether the network took it
  CompletableFuture<Boolean> send(String text, DeliveryFigures figures) {
    unsent.incrementAndGet();
    return outlet
        .send(text)
        .handle(
            (sent, failure) -> {
              unsent.decrementAndGet();
              if (failure == null) {
                figures.addSent(1);
              } else {
                figures.addFailed(1);
              }
              return failure == null;
            });
  }

  void drop() {
    outlet.drop();
  }
}
