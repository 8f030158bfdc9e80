package io.gympulse.cloud.presence;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateways;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Marks offline whom nobody has heard for too long. Meant to run every few seconds; running it
/// twice or at once with ingest does no harm.
public final class PresenceSweep {
  private final Gateways gateways;
  private final Duration offlineAfter;

  /// @param offlineAfter how long a gateway may be silent and still count as online
  public PresenceSweep(Gateways gateways, Duration offlineAfter) {
    this.gateways = gateways;
    this.offlineAfter = offlineAfter;
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the store cannot be used
  ///     now; the next sweep does what this one left
  public void sweep(Instant now) {
    for (Gateway known : gateways.all()) {
      Gateway next = known.silentUntil(now, offlineAfter);
      if (!next.equals(known)) {
        // Refused only if the gateway was heard meanwhile: then it is not silent.
        gateways.replace(Optional.of(known), next);
      }
    }
  }
}
