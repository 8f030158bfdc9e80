package io.gympulse.cloud.notify.channel;

import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A circuit breaker per destination. It opens after [#THRESHOLD] failures in a row, for two
/// seconds, and after each further failure for twice as long as before, up to a minute.
/// Destinations come from outside, so only the [#MAX_DESTINATIONS] used last are kept. For one
/// thread at a time.
///
/// @param <K> names a destination
final class CircuitBreakers<K> {
  static final int THRESHOLD = 3;
  static final int MAX_DESTINATIONS = 10_000;
  static final Duration MAX_OPEN = Duration.ofMinutes(1);

  private static final Backoff OPEN = new Backoff(Duration.ofSeconds(2), MAX_OPEN, Jitter.NONE);

  private final Map<K, State> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, State> eldest) {
          return size() > MAX_DESTINATIONS;
        }
      };

  /// @param failures in a row
  /// @param proven whether a call succeeded since the circuit was last open
  private record State(int failures, boolean proven, Instant openUntil) {
    static final State INITIAL = new State(0, false, Instant.MIN);
  }

  /// How long the circuit stays open; empty if it is closed.
  Optional<Duration> openFor(K key, Instant now) {
    Duration rest = Duration.ZERO;
    State state = known.getOrDefault(key, State.INITIAL);
    if (state.openUntil().isAfter(now)) {
      rest = Duration.between(now, state.openUntil());
    }
    // A clock that is set back must not keep a circuit open.
    return Optional.of(rest).filter(it -> it.isPositive() && it.compareTo(MAX_OPEN) <= 0);
  }

  /// Whether the circuit was opened and no call has succeeded since.
  boolean isFailing(K key) {
    return known.getOrDefault(key, State.INITIAL).failures() >= THRESHOLD;
  }

  /// Whether a call succeeded since the circuit was last open.
  boolean isProven(K key) {
    return known.getOrDefault(key, State.INITIAL).proven();
  }

  void succeeded(K key) {
    known.put(key, new State(0, true, Instant.MIN));
  }

  void failed(K key, Instant now) {
    State before = known.getOrDefault(key, State.INITIAL);
    int failures = before.failures() + 1;
    int beyond = failures - THRESHOLD;
    if (beyond < 0) {
      known.put(key, new State(failures, before.proven(), Instant.MIN));
    } else {
      known.put(key, new State(failures, false, now.plus(OPEN.delay(beyond, 0))));
    }
  }
}
