package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.GatewayId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every gateway's record.
public interface Gateways {
  Optional<Gateway> find(GatewayId gateway);

  /// Those of these that are known, in one go where the store can.
  default Map<GatewayId, Gateway> find(Collection<GatewayId> gateways) {
    Map<GatewayId, Gateway> found = new HashMap<>();
    gateways.forEach(id -> find(id).ifPresent(it -> found.put(id, it)));
    return found;
  }

  /// By gateway id.
  List<Gateway> all();

  /// Keeps `next` if what is kept is still `expected`; a change of presence goes to the feed.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Optional<Gateway> expected, Gateway next);
}
