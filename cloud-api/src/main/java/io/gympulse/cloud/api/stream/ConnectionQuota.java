package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.SourceAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Bounds the open connections in all and per [source][SourceAddress]. Keeps an entry only for a
/// source with an open connection. Thread-safe.
final class ConnectionQuota {
  private final int maxTotal;
  private final int maxPerSource;
  private final Map<SourceAddress, Integer> perSource = new HashMap<>();
  private int total;
  private long rejected;

  ConnectionQuota(int maxTotal, int maxPerSource) {
    this.maxTotal = maxTotal;
    this.maxPerSource = maxPerSource;
  }

  sealed interface Result {}

  /// @param release called when the connection ends; later calls do nothing
  record Acquired(Runnable release) implements Result {}

  /// @param message for the client
  record Exhausted(String message) implements Result {}

  synchronized Result acquire(InetAddress address) {
    SourceAddress source = SourceAddress.of(address);
    if (total >= maxTotal) {
      rejected++;
      return new Exhausted("The server's limit of open connections is reached; try again later.");
    }
    if (perSource.getOrDefault(source, 0) >= maxPerSource) {
      rejected++;
      return new Exhausted(
          "Your address has reached the limit of %d open connections; close one."
              .formatted(maxPerSource));
    }
    total++;
    perSource.merge(source, 1, Integer::sum);
    AtomicBoolean open = new AtomicBoolean(true);
    return new Acquired(
        () -> {
          if (open.compareAndSet(true, false)) {
            release(source);
          }
        });
  }

  /// Rejected connections, since start.
  synchronized long rejected() {
    return rejected;
  }

  private synchronized void release(SourceAddress source) {
    total--;
    perSource.computeIfPresent(source, (_, open) -> open == 1 ? null : open - 1);
  }
}
