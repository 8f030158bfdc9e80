package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.contract.id.GatewayId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Gateways' health in a map.
final class InMemoryGatewayHealths implements GatewayHealths {
  private final Map<GatewayId, ReceivedHealth> healths = new HashMap<>();

  @Override
  public synchronized boolean offer(ReceivedHealth health) {
    Optional<ReceivedHealth> kept = find(health.health().from().gateway());
    if (kept.filter(it -> health.reportedAt().isBefore(it.reportedAt())).isPresent()) {
      return false;
    }
    healths.put(health.health().from().gateway(), health);
    return true;
  }

  @Override
  public synchronized Optional<ReceivedHealth> find(GatewayId gateway) {
    return Optional.ofNullable(healths.get(gateway));
  }
}
