package io.gympulse.local.broker;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What all connections of a broker share.
///
/// @param sessionFilters the topic filters of the session that a client id continues
/// @param executor calls the listener, off the connections' own threads
/// @param nanos monotonic time
record GuardSettings(
    BrokerLimits limits,
    LimitCounters counters,
    RateLimitedLog log,
    Gatekeeper gatekeeper,
    Clients clients,
    PublishListener listener,
    Function<String, List<String>> sessionFilters,
    Executor executor,
    LongSupplier nanos) {

  long now() {
    return nanos.getAsLong();
  }
}
