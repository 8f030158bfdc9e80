package io.gympulse.cloud.presence;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateways;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Marks gateways offline that have been silent for too long. Meant to run every few seconds;
/// running it twice, or concurrently with ingest, does no harm.
public final class PresenceSweep {
  private final Gateways gateways;
  private final Duration offlineAfter;

  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  public PresenceSweep(Gateways gateways, Duration offlineAfter) {
    this.gateways = gateways;
    this.offlineAfter = offlineAfter;
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the store is
  ///     unavailable; the next sweep continues
  public void sweep(Instant now) {
    for (Gateway known : gateways.all()) {
      Gateway next = known.afterTimeout(now, offlineAfter);
      if (!next.equals(known)) {
        // Fails only if the gateway sent a message meanwhile: then it is online.
        gateways.replace(Optional.of(known), next);
      }
    }
  }
}
