package io.gympulse.cloud.api.setting;

/// How many members' streams may be open at once.
///
/// @param inAll by anybody; a number that this process has the memory for
/// @param perSource from one source address, or one /64 network of IPv6. All members of a gym may
///     share an address, as do all clients of a reverse proxy.
public record ConnectionLimits(int inAll, int perSource) {
  public static final ConnectionLimits STANDARD = new ConnectionLimits(2_000, 200);

  private static final int MOST = 100_000;

  /// A browser that shows the page keeps a few connections for requests beside its stream.
  private static final int CONNECTIONS_PER_STREAM = 4;

  private static final int MORE_IN_ALL = 500;
  private static final int MORE_PER_SOURCE = 100;

  /// @throws IllegalArgumentException unless `1 <= perSource <= inAll <= 100,000`
  public ConnectionLimits {
    if (perSource < 1 || perSource > inAll || inAll > MOST) {
      throw new IllegalArgumentException(
          "%d streams in all and %d per source: give 1 or more per source, no more than in all,"
                  .formatted(inAll, perSource)
              + " and at most 100000 in all");
    }
  }

  /// How many TCP connections may be open, streams and requests alike: however many streams are
  /// allowed, as many more connections are left for requests, which come and go.
  public int connections() {
    return 2 * inAll + MORE_IN_ALL;
  }

  /// How many of them from one source: four times its streams and a hundred, or all of them if that
  /// is less.
  public int connectionsPerSource() {
    return Math.min(connections(), CONNECTIONS_PER_STREAM * perSource + MORE_PER_SOURCE);
  }
}
