package io.gympulse.cloud.call;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A circuit breaker per destination. After [#THRESHOLD] failures in a row calls are refused for
/// two seconds, after each further failure for twice as long as before, up to a minute.
/// Destinations come from outside, so only the [#MOST] used last are remembered. For one thread at
/// a time.
///
/// @param <K> names a destination
final class CircuitBreakers<K> {
  static final int THRESHOLD = 3;
  static final int MOST = 10_000;
  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration FIRST = Duration.ofSeconds(2);

  private final Map<K, Health> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Health> eldest) {
          return size() > MOST;
        }
      };

  /// @param failures in a row
  /// @param proven whether a call succeeded since the circuit was last open
  private record Health(int failures, boolean proven, Instant openUntil) {
    static final Health NEW = new Health(0, false, Instant.MIN);
  }

  /// How long calls to the destination are still refused; empty if they are not.
  Optional<Duration> openFor(K key, Instant now) {
    Duration rest = Duration.ZERO;
    Health health = known.getOrDefault(key, Health.NEW);
    if (health.openUntil().isAfter(now)) {
      rest = Duration.between(now, health.openUntil());
    }
    // A clock that was put back must not keep a circuit open.
    return Optional.of(rest).filter(it -> it.isPositive() && it.compareTo(LONGEST) <= 0);
  }

  /// Whether the circuit was opened and no call has succeeded since.
  boolean isFailing(K key) {
    return known.getOrDefault(key, Health.NEW).failures() >= THRESHOLD;
  }

  /// Whether a call succeeded since the circuit was last open.
  boolean isProven(K key) {
    return known.getOrDefault(key, Health.NEW).proven();
  }

  void succeeded(K key) {
    known.put(key, new Health(0, true, Instant.MIN));
  }

  void failed(K key, Instant now) {
    Health before = known.getOrDefault(key, Health.NEW);
    int failures = before.failures() + 1;
    int beyond = failures - THRESHOLD;
    if (beyond < 0) {
      known.put(key, new Health(failures, before.proven(), Instant.MIN));
    } else {
      Duration open = FIRST.multipliedBy(1L << Math.min(beyond, 10));
      known.put(
          key, new Health(failures, false, now.plus(open.compareTo(LONGEST) < 0 ? open : LONGEST)));
    }
  }
}
