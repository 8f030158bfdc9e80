package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A queue of events that survives what its implementation promises: [SqliteOutbox] survives a kill
/// of the process and, as far as the disk keeps what it has flushed, a loss of power.
///
/// Sequence numbers are given from 1 without gaps in the order of the appends and are never given
/// twice, whatever was removed since. Futures complete in the order of the calls, and only once
/// their effect is durable. The queue has no upper bound: it grows with the disk.
///
/// Safe for any number of threads. After [#close] every call fails.
public interface Outbox extends AutoCloseable {

  /// With a sequence number, the identity of an event.
  OutboxId id();

  /// Completes with the event's sequence number once it is durable. While the disk refuses to take
  /// it, the future stays open and the write is tried again. It fails if the outbox ends first.
  CompletableFuture<Sequence> append(Occurrence occurrence);

  /// Durable events that wait, ascending, the first one after the sequence number `after` (0 for
  /// the very first), at most `limit` of them.
  List<MachineEvent> peek(long after, int limit);

  /// Removes the waiting events of these ranges. Repeats, and ranges that hold nothing, are
  /// harmless.
  CompletableFuture<Void> acknowledge(List<SeqRange> ranges);

  /// Takes an event that the cloud will never accept out of the queue and keeps it apart with the
  /// reason. Harmless if the event does not wait any more.
  CompletableFuture<Void> quarantine(Sequence seq, String reason);

  /// Notes that the gateway was alive at this moment. A mark never moves back.
  CompletableFuture<Void> markAlive(Instant at);

  /// The last mark that is durable.
  Optional<Instant> lastAlive();

  /// Each machine's state by its last durable event, whether that event still waits or not.
  Map<MachineId, MachineState> lastStates();

  OutboxCounts counts();

  /// Finishes what was called before, then releases everything.
  @Override
  void close();
}
