package io.gympulse.cloud.dispatch;

import java.time.Instant;

/// What a feature does because time has passed. Idempotent: it may run twice, or twice at once.
public interface DueWork {
  /// Short and stable, for logs.
  String name();

  /// @throws RuntimeException if some of it could not be done; that is still due then
  void onSchedule(Instant now);
}
