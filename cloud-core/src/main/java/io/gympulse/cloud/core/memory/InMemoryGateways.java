package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GatewayId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gateways' records in a map, each with its position in the feed.
final class InMemoryGateways implements Gateways {
  private final InMemoryCloudStore.Positions positions;
  private final Map<GatewayId, Kept> gateways = new TreeMap<>();

  /// @param position in the feed; 0 before the first change of presence
  private record Kept(long position, Gateway gateway) {}

  InMemoryGateways(InMemoryCloudStore.Positions positions) {
    this.positions = positions;
  }

  @Override
  public Optional<Gateway> find(GatewayId gateway) {
    synchronized (positions) {
      return Optional.ofNullable(gateways.get(gateway)).map(Kept::gateway);
    }
  }

  @Override
  public List<Gateway> all() {
    synchronized (positions) {
      return gateways.values().stream().map(Kept::gateway).toList();
    }
  }

  @Override
  public boolean replace(Optional<Gateway> expected, Gateway next) {
    synchronized (positions) {
      GatewayId id = next.address().gateway();
      Optional<Kept> kept = Optional.ofNullable(gateways.get(id));
      if (!kept.map(Kept::gateway).equals(expected)) {
        return false;
      }
      boolean visible = !expected.flatMap(Gateway::presence).equals(next.presence());
      gateways.put(
          id, new Kept(visible ? positions.next() : kept.map(Kept::position).orElse(0L), next));
    }
    positions.publish();
    return true;
  }

  /// The newest change of presence of each gateway.
  List<FeedUpdate> updates() {
    synchronized (positions) {
      return gateways.values().stream()
          .flatMap(
              it ->
                  it.gateway().presence().stream()
                      .<FeedUpdate>map(now -> new FeedUpdate.PresenceChanged(it.position(), now)))
          .toList();
    }
  }
}
