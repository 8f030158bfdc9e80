package io.gympulse.local.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// A budget that all sources share, such as bytes of memory. A source may use at most half of it,
/// so that some is left for others. Thread-safe.
public final class SharedBudget {
  /// The client to which usage is charged: an IPv4 address, or the /64 network of an IPv6 address,
  /// which a single host usually has.
  ///
  /// @param network in hexadecimal digits
  record Source(String network) {
    private static final int NETWORK_BYTES = 8;

    static Source of(InetAddress address) {
      byte[] bytes = address.getAddress();
      return new Source(
          HexFormat.of()
              .formatHex(
                  address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
    }
  }

  private final long total;
  private long taken;
  private final Map<Source, Long> bySource = new HashMap<>();

  public SharedBudget(long total) {
    this.total = total;
  }

  /// @return false if there is not enough; nothing is taken then
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

  /// @param amount the taken amount, or a part of it
  public synchronized void giveBack(InetAddress address, long amount) {
    taken -= amount;
    bySource.computeIfPresent(
        Source.of(address), (_, held) -> held > amount ? held - amount : null);
  }

  public synchronized long taken() {
    return taken;
  }
}
