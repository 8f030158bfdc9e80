package io.gympulse.cloud.core.queue;

import java.time.Duration;

/// How a queue deals with its messages.
///
/// @param visibility how long a message that was handed out is nobody else's
/// @param maxReceives how often it is handed out before it becomes a dead letter
/// @param capacity how many messages may wait; more are refused
public record QueueTerms(Duration visibility, int maxReceives, int capacity) {

  /// Visibility 30 s, 5 receives, a million messages.
  public static final QueueTerms STANDARD = new QueueTerms(Duration.ofSeconds(30), 5, 1_000_000);

  public QueueTerms {
    if (visibility.isNegative() || visibility.isZero()) {
      throw new IllegalArgumentException("visibility: more than zero, not " + visibility);
    }
    if (maxReceives < 1 || capacity < 1) {
      throw new IllegalArgumentException("maxReceives, capacity: at least 1");
    }
  }
}
