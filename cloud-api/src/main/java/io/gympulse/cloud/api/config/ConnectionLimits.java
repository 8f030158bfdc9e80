package io.gympulse.cloud.api.config;

/// How many streams (WebSocket connections) may be open at once, and TCP connections with them.
///
/// @param total streams in all; bounded by this process's memory
/// @param perSource streams from one IPv4 address or one /64 network of IPv6. All members of a gym
///     may share an address, and all clients of a reverse proxy do.
public record ConnectionLimits(int total, int perSource) {
  public static final ConnectionLimits STANDARD = new ConnectionLimits(2_000, 200);

  private static final int MAX_STREAMS = 100_000;

  /// A browser keeps a few connections for requests beside the page's stream.
  private static final int CONNECTIONS_PER_STREAM = 4;

  private static final int EXTRA_TOTAL = 500;
  private static final int EXTRA_PER_SOURCE = 100;

  /// @throws IllegalArgumentException unless `1 <= perSource <= total <= 100,000`
  public ConnectionLimits {
    if (perSource < 1 || perSource > total || total > MAX_STREAMS) {
      throw new IllegalArgumentException(
          "%d streams in all and %d per source: give 1 or more per source, no more than in all,"
                  .formatted(total, perSource)
              + " and at most 100000 in all");
    }
  }

  /// How many TCP connections may be open in all, for streams and requests: twice the streams and
  /// 500, so that short requests find room even when every stream is taken.
  public int connections() {
    return 2 * total + EXTRA_TOTAL;
  }

  /// How many TCP connections may be open from one source: four times its streams and 100, at most
  /// [#connections].
  public int connectionsPerSource() {
    return Math.min(connections(), CONNECTIONS_PER_STREAM * perSource + EXTRA_PER_SOURCE);
  }
}
