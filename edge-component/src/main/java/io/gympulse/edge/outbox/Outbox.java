package io.gympulse.edge.outbox;

import java.time.Instant;

/// The gateway's durable store behind three ports: events to be sent, events in quarantine, and the
/// gateway's own state. All three share one order of writes.
///
/// How much is durable is up to the implementation: [SqliteOutbox] survives a kill of the process
/// and, as far as the disk keeps what it has flushed, a loss of power. Futures complete once their
/// effect is durable, except where said otherwise, and those of appends and alive marks complete in
/// the order of the calls.
///
/// Safe for any number of threads. After [#close] every call fails.
public interface Outbox extends EventQueue, Quarantine, GatewayStateStore, AutoCloseable {

  State state();

  /// Transactions that have changed the outbox since it was opened; each was flushed to the disk
  /// once, if there is one.
  long commits();

  /// Completes the pending calls as far as the disk and the limits allow it at once, then releases
  /// all resources.
  @Override
  void close();

  /// Whether the outbox can write. No state loses an event that was reported durable.
  sealed interface State {

    /// Appended events become durable at once.
    record Working() implements State {}

    /// The disk rejects writes: it is full, failing or read-only. Calls wait in memory and are
    /// tried again each second.
    record Retrying(String reason, Instant since) implements State {}

    /// The limit is reached and nothing can be coalesced, because all events may have been sent or
    /// have no wall time. Appends wait in memory until events are removed.
    record Full() implements State {}

    /// Nothing can be written any more; only a new process can continue.
    record Broken(String reason) implements State {}
  }
}
