package io.gympulse.cloud.api.setting;

/// How many members' streams may be open at once.
///
/// @param inAll by anybody; a number that this process has the memory for
/// @param perSource from one source address, or one /64 network of IPv6. All members of a gym may
///     share an address, as do all clients of a reverse proxy.
public record ConnectionLimits(int inAll, int perSource) {
  public static final ConnectionLimits STANDARD = new ConnectionLimits(2_000, 200);

  /// Connections that carry no stream, beyond those that do: requests come and go.
  private static final int REQUESTS_IN_ALL = 500;
  private static final int MOST = 100_000;
  private static final int REQUESTS_PER_SOURCE = 100;

  /// @throws IllegalArgumentException unless `1 <= perSource <= inAll <= 100,000`
  public ConnectionLimits {
    if (perSource < 1 || perSource > inAll || inAll > MOST) {
      throw new IllegalArgumentException(
          "%d streams in all and %d per source: give 1 or more per source, no more than in all,"
                  .formatted(inAll, perSource)
              + " and at most 100000 in all");
    }
  }

  /// The limits of open TCP connections, streams and requests alike.
  public ConnectionLimits withRequests() {
    int all = Math.min(MOST, inAll + REQUESTS_IN_ALL);
    return new ConnectionLimits(all, Math.min(all, perSource + REQUESTS_PER_SOURCE));
  }
}
