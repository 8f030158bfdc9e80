package io.gympulse.local.queue;

/// What became of a message that was sent to a queue.
public enum SendOutcome {
  TAKEN,
  /// Too much waits, or the queue is closed.
  FULL,
  /// Too much of this sender waits.
  OVER_QUOTA
}
