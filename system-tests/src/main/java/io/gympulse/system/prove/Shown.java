package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;

/// A machine's status as somebody was shown it.
///
/// @param status `free`, `occupied` or `unknown`; the kept one where a gateway is out of reach
/// @param since when it began; whole seconds where the message has no finer ones
record Shown(String machine, String status, Instant since) {

  /// @param tolerance how far the two times may be apart
  boolean shows(String itsStatus, Instant at, Duration tolerance) {
    return status.equals(itsStatus) && Duration.between(at, since).abs().compareTo(tolerance) <= 0;
  }
}
