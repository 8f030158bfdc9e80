package io.gympulse.cloud.notify;

import java.time.Instant;

/// Work that is due because time has passed. Idempotent: it may run twice, or twice at once.
public interface ScheduledTask {
  /// Short and stable, for logs.
  String name();

  /// @throws RuntimeException if some of it failed; that stays due
  void run(Instant now);
}
