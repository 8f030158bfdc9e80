package io.gympulse.cloud.incident;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The gateways that are over their quotas, and since when. In memory: episodes of an earlier
/// process are added again at the start. Safe for any number of threads.
final class OverQuota {
  /// How long a gateway has to stay within its quotas until the episode is over.
  static final Duration RECOVERY = Duration.ofMinutes(10);

  private static final int MAX_GATEWAYS = 10_000;

  private final Map<GatewayAddress, Episode> episodes = new LinkedHashMap<>();

  /// @param last when a message was rejected last
  record Episode(Instant since, Instant last, String detail) {
    Episode until(Instant at) {
      return new Episode(since, at.isAfter(last) ? at : last, detail);
    }

    boolean isOver(Instant now) {
      // A message received while the clock was ahead must not keep an episode open.
      return !last.plus(RECOVERY).isAfter(now) || last.isAfter(now.plus(RECOVERY));
    }
  }

  /// A message was rejected. Gateways beyond [#MAX_GATEWAYS] are ignored until others recover.
  synchronized void add(GatewayAddress gateway, String detail, Instant at) {
    if (episodes.size() < MAX_GATEWAYS || episodes.containsKey(gateway)) {
      episodes.merge(
          gateway, new Episode(at, at, detail), (known, next) -> known.until(next.last()));
    }
  }

  synchronized Map<GatewayAddress, Episode> episodes() {
    return new HashMap<>(episodes);
  }

  /// Removes the episode, unless it has continued meanwhile.
  synchronized void remove(GatewayAddress gateway, Episode episode) {
    episodes.remove(gateway, episode);
  }
}
