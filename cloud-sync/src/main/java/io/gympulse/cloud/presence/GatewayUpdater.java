package io.gympulse.cloud.presence;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Applies updates to gateways' records by compare-and-set, with a retry if another writer was
/// faster. Safe for any number of threads and processes.
public final class GatewayUpdater {
  private final Gateways gateways;
  private final Duration offlineAfter;

  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  public GatewayUpdater(Gateways gateways, Duration offlineAfter) {
    this.gateways = gateways;
    this.offlineAfter = offlineAfter;
  }

  /// Applies updates, at most one per gateway, in any order: at most one write each, none if
  /// nothing changes. The events that they refer to have to be stored already.
  public void apply(Collection<GatewayUpdate> updates) {
    Set<GatewayId> ids =
        updates.stream().map(it -> it.gateway().gateway()).collect(Collectors.toSet());
    Map<GatewayId, Gateway> known = gateways.find(ids);
    updates.forEach(it -> apply(it, Optional.ofNullable(known.get(it.gateway().gateway()))));
  }

  private void apply(GatewayUpdate update, Optional<Gateway> read) {
    Optional<Gateway> known = read;
    while (!store(update, known)) {
      known = gateways.find(update.gateway().gateway());
    }
  }

  private boolean store(GatewayUpdate update, Optional<Gateway> known) {
    Gateway next = Gateway.after(known, update, offlineAfter);
    return known.equals(Optional.of(next)) || gateways.replace(known, next);
  }
}
