package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.setting.ConnectionLimits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts what is open in all and per source address, and says when it is enough. A source is an
/// address, or a /64 network of IPv6, of which one machine may have all. Keeps an entry only for
/// sources that have something open. Safe for any number of threads.
final class SourceQuota {
  private final ConnectionLimits limits;
  private final Map<String, Integer> perSource = new HashMap<>();
  private int inAll;
  private long refused;

  SourceQuota(ConnectionLimits limits) {
    this.limits = limits;
  }

  /// What became of a request for a place.
  sealed interface Outcome {}

  /// To be given back once; again does nothing.
  record Taken(Runnable giveBack) implements Outcome {}

  /// @param message for the caller
  record Full(String message) implements Outcome {}

  synchronized Outcome take(InetAddress address) {
    String source = source(address);
    if (inAll >= limits.inAll()) {
      refused++;
      return new Full("This server has as many connections as it may; try again later.");
    }
    if (perSource.getOrDefault(source, 0) >= limits.perSource()) {
      refused++;
      return new Full(
          "Your address has as many connections as it may, which are %d; close one."
              .formatted(limits.perSource()));
    }
    inAll++;
    perSource.merge(source, 1, Integer::sum);
    AtomicBoolean open = new AtomicBoolean(true);
    return new Taken(
        () -> {
          if (open.compareAndSet(true, false)) {
            giveBack(source);
          }
        });
  }

  /// Requests that were refused, since start.
  synchronized long refused() {
    return refused;
  }

  /// What is open.
  synchronized int open() {
    return inAll;
  }

  private synchronized void giveBack(String source) {
    inAll--;
    perSource.computeIfPresent(source, (_, open) -> open == 1 ? null : open - 1);
  }

  private static String source(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
        : address.getHostAddress();
  }
}
