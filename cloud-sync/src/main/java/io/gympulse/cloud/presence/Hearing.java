package io.gympulse.cloud.presence;

import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.cloud.state.presence.Heard;
import io.gympulse.cloud.state.presence.Presences;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Keeps presence up to what was heard. Safe for any number of threads and processes: who is
/// overtaken reads again.
public final class Hearing {
  private final Presences presences;
  private final Duration offlineAfter;

  /// @param offlineAfter how long a gateway may be silent and still count as online
  public Hearing(Presences presences, Duration offlineAfter) {
    this.presences = presences;
    this.offlineAfter = offlineAfter;
  }

  /// Takes in messages in any order; one write per gateway.
  public void hear(Collection<Heard> messages) {
    Map<GatewayId, List<Heard>> byGateway =
        messages.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.gateway().gateway(), LinkedHashMap::new, Collectors.toList()));
    byGateway.forEach(this::hear);
  }

  private void hear(GatewayId gateway, List<Heard> messages) {
    boolean kept = false;
    while (!kept) {
      Optional<GatewayPresence> known = presences.find(gateway);
      Optional<GatewayPresence> next = known;
      for (Heard heard : messages) {
        next = Optional.of(GatewayPresence.after(next, heard, offlineAfter));
      }
      kept = presences.replace(known, next.orElseThrow());
    }
  }
}
