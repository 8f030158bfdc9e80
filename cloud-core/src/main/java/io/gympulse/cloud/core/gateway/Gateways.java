package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Stores every gateway's record. Safe for any number of threads and processes.
public interface Gateways {
  Optional<Gateway> find(GatewayId gateway);

  /// The records of those that are known, by one request where the store supports it.
  default Map<GatewayId, Gateway> find(Collection<GatewayId> gateways) {
    Map<GatewayId, Gateway> found = new HashMap<>();
    gateways.forEach(id -> find(id).ifPresent(it -> found.put(id, it)));
    return found;
  }

  /// By gateway id.
  List<Gateway> all();

  /// Compare-and-set: stores `next` if the record is still `expected`. A change of presence is
  /// published by the feed.
  ///
  /// @return whether it was stored; if not, another writer was faster: read again
  boolean replace(Optional<Gateway> expected, Gateway next);

  /// Applies updates, at most one per gateway, in any order: at most one write each, none if
  /// nothing changes. Repeats an update if another writer was faster. The events that the updates
  /// refer to have to be stored already.
  ///
  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  static void apply(Gateways gateways, Collection<GatewayUpdate> updates, Duration offlineAfter) {
    Set<GatewayId> ids =
        updates.stream().map(it -> it.gateway().gateway()).collect(Collectors.toSet());
    Map<GatewayId, Gateway> read = gateways.find(ids);
    for (GatewayUpdate update : updates) {
      GatewayId id = update.gateway().gateway();
      Optional<Gateway> known = Optional.ofNullable(read.get(id));
      while (!gateways.store(update, known, offlineAfter)) {
        known = gateways.find(id);
      }
    }
  }

  private boolean store(GatewayUpdate update, Optional<Gateway> known, Duration offlineAfter) {
    Gateway next = Gateway.after(known, update, offlineAfter);
    return known.equals(Optional.of(next)) || replace(known, next);
  }
}
