package io.gympulse.local.broker;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often each limit was enforced since the process started. Thread-safe.
final class LimitCounters {

  /// A limit, with its name in `/health`.
  enum Limit {
    CONNECTIONS("connections"),
    CONNECTIONS_OF_SOURCE("connectionsOfSource"),
    ACCEPTS_OF_SOURCE("acceptsOfSource"),
    CONNECT_TIMEOUT("connectTimeout"),
    CONNECTS_OF_CLIENT("connectsOfClient"),
    TLS("tlsFailures"),
    AUTHENTICATION("authentication"),
    PUBLISH_RATE("publishRate"),
    PUBLISH_POLICY("publishPolicy"),
    SUBSCRIPTIONS("subscriptions"),
    MESSAGE("messages"),
    DELAYED("delayedReads"),
    QUEUED_FOR_CLIENT("heldForClient"),
    TAKEN_OVER("takenOver"),
    REVOKED("revoked");

    private final String wireName;

    Limit(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  private final Map<Limit, LongAdder> counts = new EnumMap<>(Limit.class);

  LimitCounters() {
    for (Limit limit : Limit.values()) {
      counts.put(limit, new LongAdder());
    }
  }

  void count(Limit limit) {
    adder(limit).increment();
  }

  long of(Limit limit) {
    return adder(limit).sum();
  }

  private LongAdder adder(Limit limit) {
    LongAdder adder = counts.get(limit);
    if (adder == null) {
      throw new IllegalStateException("every limit has a counter");
    }
    return adder;
  }
}
