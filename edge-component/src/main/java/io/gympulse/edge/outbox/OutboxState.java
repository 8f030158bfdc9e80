package io.gympulse.edge.outbox;

import java.time.Instant;

/// How an outbox fares. None of these loses an event that was reported durable.
public sealed interface OutboxState {

  /// What is appended becomes durable at once.
  record Working() implements OutboxState {}

  /// The disk takes nothing: it is full, failing or read-only. What is called waits in memory and
  /// is tried again each second.
  record Refusing(String reason, Instant since) implements OutboxState {}

  /// The limit is reached and nothing can be coalesced, because all events may have been sent or
  /// have no wall time. What is appended waits in memory until events go.
  record Full() implements OutboxState {}

  /// Nothing can be written any more; only a new process can go on.
  record Broken(String reason) implements OutboxState {}
}
