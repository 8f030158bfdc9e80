package io.gympulse.cloud.incident;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which gateways were over their quotas lately, and since when. In memory: what an earlier process
/// left open is noted again at the start. Safe for any number of threads.
final class OverQuota {
  /// How long a gateway has to keep within its quotas until the episode is over.
  static final Duration QUIET = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Map<GatewayAddress, Episode> episodes = new LinkedHashMap<>();

  /// @param last when a message was too much for the last time
  record Episode(Instant since, Instant last, String detail) {
    Episode until(Instant at) {
      return new Episode(since, at.isAfter(last) ? at : last, detail);
    }

    boolean isOver(Instant now) {
      // A message that came while the clock ran ahead must not keep an episode open.
      return !last.plus(QUIET).isAfter(now) || last.isAfter(now.plus(QUIET));
    }
  }

  /// A message was too much. More gateways than can be kept are left out until others are quiet.
  synchronized void note(GatewayAddress gateway, String detail, Instant at) {
    if (episodes.size() < MOST || episodes.containsKey(gateway)) {
      episodes.merge(
          gateway, new Episode(at, at, detail), (known, next) -> known.until(next.last()));
    }
  }

  synchronized Map<GatewayAddress, Episode> episodes() {
    return new HashMap<>(episodes);
  }

  /// The episode was dealt with, unless it went on meanwhile.
  synchronized void ended(GatewayAddress gateway, Episode episode) {
    episodes.remove(gateway, episode);
  }
}
