package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.identity.Caller;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One connection and the number of frames that the network has not taken yet. Thread-safe.
final class Subscriber {
  /// Beyond so many pending frames a client is too far behind: reconnecting and reading REST again
  /// shows it the current state sooner.
  static final int MAX_PENDING = 1024;

  /// The same while all clients together have too many characters pending. A client with a working
  /// connection never has so many.
  static final int MAX_PENDING_WHEN_SHORT = 16;

  private volatile SubscriptionFilter audience;
  private final Optional<Caller> caller;
  private final Transport transport;
  private final AtomicInteger pending = new AtomicInteger();

  /// The sending side of a connection.
  interface Transport {
    /// Sends a text frame without blocking; the future completes when the network has taken it, or
    /// fails.
    CompletableFuture<?> send(String text);

    /// Closes the connection with the code for "try again later".
    void close();
  }

  /// @param caller the member whose token the connection has, if it has one
  Subscriber(SubscriptionFilter audience, Optional<Caller> caller, Transport transport) {
    this.audience = audience;
    this.caller = caller;
    this.transport = transport;
  }

  SubscriptionFilter audience() {
    return audience;
  }

  /// Replaces the audience: a connection has one subscription.
  void subscribe(SubscriptionFilter other) {
    audience = other;
  }

  boolean belongsTo(UserId other) {
    return caller.isPresent() && caller.get().user().equals(other);
  }

  /// Whether the connection's token has expired.
  boolean isExpired(Instant now) {
    return caller.isPresent() && !caller.get().expiresAt().isAfter(now);
  }

  /// Whether the client is too slow and must be dropped.
  ///
  /// @param memoryIsShort whether all clients together have too many characters pending
  boolean isTooSlow(boolean memoryIsShort) {
    return pending.get() >= (memoryIsShort ? MAX_PENDING_WHEN_SHORT : MAX_PENDING);
  }

  /// Sends a frame.
  ///
  /// @param pendingChars counts the pending characters of all clients; updated here
  /// @return completes with whether the network took the frame
  CompletableFuture<Boolean> send(String text, DeliveryFigures figures, AtomicLong pendingChars) {
    pending.incrementAndGet();
    pendingChars.addAndGet(text.length());
    return transport
        .send(text)
        .handle(
            (_, failure) -> {
              pending.decrementAndGet();
              pendingChars.addAndGet(-text.length());
              if (failure == null) {
                figures.addSent(1);
              } else {
                figures.addFailed(1);
              }
              return failure == null;
            });
  }

  void close() {
    transport.close();
  }
}
