package io.gympulse.cloud.presence;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps gateways' records up to what was heard. Safe for any number of threads and processes: who
/// is overtaken reads again.
public final class Hearing {
  private final Gateways gateways;
  private final Duration offlineAfter;

  /// @param offlineAfter how long a gateway may be silent and still count as online
  public Hearing(Gateways gateways, Duration offlineAfter) {
    this.gateways = gateways;
    this.offlineAfter = offlineAfter;
  }

  /// Takes in what was told of gateways, each of them once, in any order: at most one write each,
  /// none if the news is not worth one. The events that they speak of have to be stored already.
  public void hear(Collection<GatewayNews> news) {
    Set<GatewayId> ids =
        news.stream().map(it -> it.gateway().gateway()).collect(Collectors.toSet());
    Map<GatewayId, Gateway> known = gateways.find(ids);
    news.forEach(it -> hear(it, Optional.ofNullable(known.get(it.gateway().gateway()))));
  }

  private void hear(GatewayNews news, Optional<Gateway> read) {
    Optional<Gateway> known = read;
    while (!keep(news, known)) {
      known = gateways.find(news.gateway().gateway());
    }
  }

  private boolean keep(GatewayNews news, Optional<Gateway> known) {
    Gateway next = Gateway.after(known, news, offlineAfter);
    return known.equals(Optional.of(next)) || gateways.replace(known, next);
  }
}
