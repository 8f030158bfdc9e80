package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One connection and what it has not taken yet. Safe for any number of threads.
final class Subscriber {
  /// A client this far behind would read history, not the present: it does better to reconnect and
  /// read REST anew.
  static final int MOST_UNSENT = 1024;

  /// The same while all clients together are behind by more than this process has memory for: a
  /// client with a working connection is never behind by so many.
  static final int MOST_UNSENT_WHEN_SHORT = 16;

  private volatile Audience audience;
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

  /// Changes what it hears from now on, in place of what it heard before: a connection has one
  /// subscription.
  void subscribe(Audience other) {
    audience = other;
  }

  boolean isOf(UserId other) {
    return user.isPresent() && user.get().equals(other);
  }

  /// Whether the client is too slow and must be dropped.
  ///
  /// @param memoryIsShort whether all clients together are too far behind
  boolean lags(boolean memoryIsShort) {
    return unsent.get() >= (memoryIsShort ? MOST_UNSENT_WHEN_SHORT : MOST_UNSENT);
  }

  /// Hands over a frame.
  ///
  /// @param waiting the characters that all clients have not taken yet, kept up to date
  /// @return ends with whether the network took it
  CompletableFuture<Boolean> send(String text, DeliveryFigures figures, AtomicLong waiting) {
    unsent.incrementAndGet();
    waiting.addAndGet(text.length());
    return outlet
        .send(text)
        .handle(
            (sent, failure) -> {
              unsent.decrementAndGet();
              waiting.addAndGet(-text.length());
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
