package io.gympulse.local.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// An amount that all sources share, such as bytes of memory. A source gets at most half of it, so
/// that it leaves something for others. Thread-safe.
public final class SharedBudget {
  private final long total;
  private long taken;
  private final Map<Source, Long> bySource = new HashMap<>();

  public SharedBudget(long total) {
    this.total = total;
  }

  /// @return false if there is not as much; nothing is taken then
  public synchronized boolean take(InetAddress address, long amount) {
    Source source = Source.of(address);
    long ofSource = bySource.getOrDefault(source, 0L) + amount;
    if (taken + amount > total || ofSource > total / 2) {
      return false;
    }
    taken += amount;
    bySource.put(source, ofSource);
    return true;
  }

  /// @param amount as it was taken, or a part of it
  public synchronized void giveBack(InetAddress address, long amount) {
    taken -= amount;
    bySource.computeIfPresent(
        Source.of(address), (_, held) -> held > amount ? held - amount : null);
  }

  public synchronized long taken() {
    return taken;
  }
}
