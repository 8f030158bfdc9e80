package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.http.SourceAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts what is open in all and per [source][SourceAddress], and says when it is enough. Keeps an
/// entry only for sources that have something open. Safe for any number of threads.
final class SourceQuota {
  private final int mostInAll;
  private final int mostPerSource;
  private final Map<SourceAddress, Integer> perSource = new HashMap<>();
  private int inAll;
  private long refused;

  SourceQuota(int mostInAll, int mostPerSource) {
    this.mostInAll = mostInAll;
    this.mostPerSource = mostPerSource;
  }

  /// What became of a request for a place.
  sealed interface Outcome {}

  /// To be given back once; again does nothing.
  record Taken(Runnable giveBack) implements Outcome {}

  /// @param message for the caller
  record Full(String message) implements Outcome {}

  synchronized Outcome take(InetAddress address) {
    SourceAddress source = SourceAddress.of(address);
    if (inAll >= mostInAll) {
      refused++;
      return new Full("This server has as many connections as it may; try again later.");
    }
    if (perSource.getOrDefault(source, 0) >= mostPerSource) {
      refused++;
      return new Full(
          "Your address has as many connections as it may, which are %d; close one."
              .formatted(mostPerSource));
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

  private synchronized void giveBack(SourceAddress source) {
    inAll--;
    perSource.computeIfPresent(source, (_, open) -> open == 1 ? null : open - 1);
  }
}
