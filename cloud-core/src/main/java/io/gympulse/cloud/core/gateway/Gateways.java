package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.GatewayId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores every gateway's record.
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
}
