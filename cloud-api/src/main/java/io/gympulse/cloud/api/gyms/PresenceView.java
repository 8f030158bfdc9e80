package io.gympulse.cloud.api.gyms;

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

  boolean offline() {
    return status.equals(OFFLINE);
  }
}
