package io.gympulse.cloud.api.gyms;

import io.gympulse.cloud.core.presence.GatewayPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a gym's gateway is heard.
///
/// @param status `online`, `offline`, or `unknown` if it was never heard
/// @param lastHeardAt ISO-8601; null if never
/// @param since when that status began, ISO-8601; null if never heard
public record PresenceView(String status, Optional<Instant> lastHeardAt, Optional<Instant> since) {
  static final String OFFLINE = "offline";
  static final PresenceView NEVER_HEARD =
      new PresenceView("unknown", Optional.empty(), Optional.empty());

  /// As it is at `now`, whenever it was stored.
  ///
  /// @param offlineAfter a gateway last heard so long ago is offline
  static PresenceView of(GatewayPresence stored, Instant now, Duration offlineAfter) {
    Instant silentSince = stored.lastHeardAt().plus(offlineAfter);
    boolean silent = stored.online() && !silentSince.isAfter(now);
    return new PresenceView(
        stored.online() && !silent ? "online" : OFFLINE,
        Optional.of(stored.lastHeardAt()),
        Optional.of(silent ? silentSince : stored.since()));
  }

  boolean offline() {
    return status.equals(OFFLINE);
  }
}
