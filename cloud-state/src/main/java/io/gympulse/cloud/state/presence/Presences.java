package io.gympulse.cloud.state.presence;

import io.gympulse.contract.id.GatewayId;
import java.util.List;
import java.util.Optional;

/// Every gateway's presence.
public interface Presences {
  Optional<GatewayPresence> find(GatewayId gateway);

  /// By gateway id.
  List<GatewayPresence> all();

  /// Keeps `next` if what is kept is still `expected`; a change goes to the feed.
  ///
  /// @return whether it was kept; if not, somebody else was faster: read again
  boolean replace(Optional<GatewayPresence> expected, GatewayPresence next);
}
