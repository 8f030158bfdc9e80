package io.gympulse.system.prove;

import java.time.Instant;

/// An event as the gateway's observer or a reader of the store saw it.
///
/// @param reason why the status is unknown, or `-`
record SeenEvent(EventName name, Instant at, String machine, String status, String reason) {
  static final String NO_REASON = "-";
}
