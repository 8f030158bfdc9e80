package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.process.TokenBucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Limits TCP connections before TLS: the total, and for each source address the total, the pending
/// ones (without an accepted CONNECT) and the rate. An IPv6 source is a /64 network, which one
/// customer has. Sources with open connections are always tracked; of the others, the 10,000 that
/// were seen last. Thread-safe.
final class AdmissionControl {

  private static final int MAX_IDLE_SOURCES = 10_000;

  private static final class Source {
    final String name;
    final TokenBucket accepts;
    int open;
    int pending;

    Source(String name, BrokerLimits limits, long now) {
      this.name = name;
      this.accepts = new TokenBucket(limits.acceptsPerSecond(), limits.acceptBurst(), now);
    }
  }

  /// An admitted connection. Each method is called once at most.
  final class Ticket {
    private final Source source;
    private boolean pending = true;

    private Ticket(Source source) {
      this.source = source;
    }

    /// The CONNECT was accepted.
    void connected() {
      synchronized (AdmissionControl.this) {
        if (pending) {
          pending = false;
          source.pending--;
        }
      }
    }

    void closed() {
      synchronized (AdmissionControl.this) {
        connected();
        source.open--;
        open--;
        if (source.open == 0) {
          active.remove(source.name);
          idle.put(source.name, source);
        }
      }
    }

    boolean isConnected() {
      synchronized (AdmissionControl.this) {
        return !pending;
      }
    }
  }

  private final BrokerLimits limits;
  private final LimitCounters counters;

  /// Sources with open connections: at most as many as there are connections.
  private final Map<String, Source> active = new HashMap<>();

  /// Other sources, in the order in which they were last seen.
  private final Map<String, Source> idle = new LinkedHashMap<>();

  private int open;

  AdmissionControl(BrokerLimits limits, LimitCounters counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /// Admits a connection, or refuses and counts it.
  ///
  /// @param now monotonic nanoseconds
  /// @return empty if it is refused
  synchronized Optional<Ticket> admit(InetAddress address, long now) {
    Source source = of(source(address), now);
    Optional<Limit> reached = reached(source, now);
    if (reached.isEmpty()) {
      source.open++;
      source.pending++;
      open++;
    }
    (source.open > 0 ? active : idle).put(source.name, source);
    evictOne(now);
    if (reached.isPresent()) {
      counters.count(reached.get());
      return Optional.empty();
    }
    return Optional.of(new Ticket(source));
  }

  synchronized int open() {
    return open;
  }

  synchronized int pending() {
    return active.values().stream().mapToInt(it -> it.pending).sum();
  }

  private Source of(String name, long now) {
    Source known = active.containsKey(name) ? active.get(name) : idle.remove(name);
    return known == null ? new Source(name, limits, now) : known;
  }

  private Optional<Limit> reached(Source source, long now) {
    if (!source.accepts.take(1, now)) {
      return Optional.of(Limit.ACCEPTS_OF_SOURCE);
    }
    if (source.open >= limits.connectionsPerSource()
        || source.pending >= limits.pendingPerSource()) {
      return Optional.of(Limit.CONNECTIONS_OF_SOURCE);
    }
    return open >= limits.connections() ? Optional.of(Limit.CONNECTIONS) : Optional.empty();
  }

  /// Removes the idle source that was seen first, if its token bucket is full or there are too
  /// many.
  private void evictOne(long now) {
    Iterator<Source> oldest = idle.values().iterator();
    if (oldest.hasNext() && (oldest.next().accepts.isFull(now) || idle.size() > MAX_IDLE_SOURCES)) {
      oldest.remove();
    }
  }

  static String source(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length / 2)) + "::/64"
        : address.getHostAddress();
  }
}
