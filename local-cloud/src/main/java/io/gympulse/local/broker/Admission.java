package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which TCP connections are taken, before anything is spent on TLS: so many in all, and of each
/// source address so many, so many unfinished and so many a second. An IPv6 source is a network of
/// 64 bits, which is what one customer has. A source with open connections is never forgotten; of
/// the others, the 10,000 that were seen last are remembered. Safe for many threads.
final class Admission {

  private static final int IDLE_SOURCES = 10_000;

  private static final class Source {
    final String name;
    final Allowance accepts;
    int open;
    int unfinished;

    Source(String name, BrokerLimits limits, long now) {
      this.name = name;
      this.accepts = new Allowance(limits.acceptsPerSecond(), limits.acceptBurst(), now);
    }
  }

  /// A connection that was taken. Each method is called once at most.
  final class Ticket {
    private final Source source;
    private boolean unfinished = true;

    private Ticket(Source source) {
      this.source = source;
    }

    /// Its CONNECT was accepted.
    void finished() {
      synchronized (Admission.this) {
        if (unfinished) {
          unfinished = false;
          source.unfinished--;
        }
      }
    }

    void closed() {
      synchronized (Admission.this) {
        finished();
        source.open--;
        open--;
        if (source.open == 0) {
          active.remove(source.name);
          idle.put(source.name, source);
        }
      }
    }

    boolean isFinished() {
      synchronized (Admission.this) {
        return !unfinished;
      }
    }
  }

  private final BrokerLimits limits;
  private final LimitCounters counters;

  /// Those with open connections: at most as many as there are connections.
  private final Map<String, Source> active = new HashMap<>();

  /// The others, in the order in which they were last seen.
  private final Map<String, Source> idle = new LinkedHashMap<>();

  private int open;

  Admission(BrokerLimits limits, LimitCounters counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /// Takes a connection, or says no and counts it.
  ///
  /// @param now monotonic nanoseconds
  synchronized Optional<Ticket> admit(InetAddress address, long now) {
    Source source = of(source(address), now);
    Optional<Limit> reached = reached(source, now);
    if (reached.isEmpty()) {
      source.open++;
      source.unfinished++;
      open++;
    }
    (source.open > 0 ? active : idle).put(source.name, source);
    forgetOne(now);
    if (reached.isPresent()) {
      counters.count(reached.get());
      return Optional.empty();
    }
    return Optional.of(new Ticket(source));
  }

  synchronized int open() {
    return open;
  }

  synchronized int unfinished() {
    return active.values().stream().mapToInt(it -> it.unfinished).sum();
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
        || source.unfinished >= limits.unfinishedPerSource()) {
      return Optional.of(Limit.CONNECTIONS_OF_SOURCE);
    }
    return open >= limits.connections() ? Optional.of(Limit.CONNECTIONS) : Optional.empty();
  }

  /// Forgets the idle source that was not seen for longest, if there is nothing to remember of it
  /// or there are too many.
  private void forgetOne(long now) {
    Iterator<Source> oldest = idle.values().iterator();
    if (oldest.hasNext() && (oldest.next().accepts.isFull(now) || idle.size() > IDLE_SOURCES)) {
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
