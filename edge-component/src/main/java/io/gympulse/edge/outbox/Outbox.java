package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A queue of events that survives what its implementation promises: [SqliteOutbox] survives a kill
/// of the process and, as far as the disk keeps what it has flushed, a loss of power.
///
/// Sequence numbers are given from 1 without gaps in the order of the appends and are never given
/// twice, whatever was removed since. The futures of appends and alive marks complete in the order
/// of the calls, and all only once their effect is durable, except where said otherwise.
///
/// An event waits with its final wall time or without. Without, it is neither shown nor sent; it
/// gets one when its boot, or a later one, becomes known by [#synchronised]. Once there, a wall
/// time never changes.
///
/// The queue is bounded by its [OutboxLimits]. When it grows beyond, the oldest events that cannot
/// have been sent are coalesced: all of one machine and quarter of an hour become the last of them,
/// which tells the time spent in each status and answers for the others' numbers. If nothing is
/// left to be coalesced, the outbox is [OutboxState.Full]: what is appended waits in memory.
///
/// Safe for any number of threads. After [#close] every call fails.
public interface Outbox extends AutoCloseable {

  /// With a sequence number, the identity of an event. It changes only by [#renew].
  OutboxId id();

  /// Completes with the event's sequence number once it is durable. While the disk refuses to take
  /// it or the outbox is full, the future stays open and it is tried again. It fails if the outbox
  /// ends first.
  CompletableFuture<Sequence> append(Occurrence occurrence);

  /// Durable events that wait, ascending, the first one after the sequence number `after` (0 for
  /// the very first), at most `limit` of them; it ends before the first event without wall time.
  ///
  /// Only what was reserved before may be sent: anything else may be coalesced at any time.
  List<MachineEvent> peek(long after, int limit);

  /// The last sequence number up to which every event has its wall time; 0 if there is none.
  long ready();

  /// Completes once it is durable that events up to this one may have been sent. They will never be
  /// coalesced. Numbers are reserved in large steps, so most calls have nothing to do. Fails if the
  /// outbox is [#copied] and not all of them are reserved yet.
  CompletableFuture<Void> reserve(Sequence last);

  /// The last number that may have been sent; it may be greater than any number given.
  long reserved();

  /// The waiting events of these ranges do not wait any more. Repeats, and ranges that hold
  /// nothing, are harmless.
  ///
  /// Completes when it is noted, which is soon: events are removed from the disk in large steps. A
  /// process that is killed before finds them waiting again and sends them again.
  CompletableFuture<Void> acknowledge(List<SeqRange> ranges);

  /// Takes an event that the cloud will never accept out of the queue and keeps it apart with the
  /// reason. Harmless if the event does not wait any more.
  ///
  /// A reason that begins with the rejection code `outbox-conflict` says that its number is taken:
  /// the outbox is [#copied] from then on, and the event will be given another number by [#renew].
  CompletableFuture<Void> quarantine(Sequence seq, String reason);

  /// The events that are kept apart, ascending.
  List<QuarantinedEvent> quarantined();

  /// Puts the quarantined events of these ranges back into the queue, under their old numbers. They
  /// are behind those that were sent on this connection, so they go out on the next one. Completes
  /// with how many these were.
  CompletableFuture<Long> release(List<SeqRange> ranges);

  /// Whether events are kept apart because their numbers are taken in the cloud's store: another
  /// gateway runs, or ran, from a copy of this outbox.
  boolean copied();

  /// Begins a new outbox if this one is [#copied] and nothing that may have been sent waits any
  /// more: every event that waits or is kept apart gets a new number, from 1 without gaps in the
  /// old order, of a new [#id]; those whose numbers were taken wait again. All of it is one step.
  /// What may have been sent and is not answered for keeps its identity, as it may be stored.
  /// Numbers up to the last event that stays apart are reserved in the new outbox.
  ///
  /// Completes with whether it was done. If the disk refuses it, it was not, the outbox is what it
  /// was, and it may be called again. Nothing else may be under way that names events by number.
  CompletableFuture<Boolean> renew();

  /// The wall clock told when this boot began. In one step, every event of this boot without wall
  /// time gets it by that, and those of earlier boots that never were synchronised get theirs as
  /// late as possible between their neighbours (see [Restamping]). Completes with their number.
  CompletableFuture<Long> synchronised(BootId boot, Instant bootedAt);

  /// Notes that the gateway was alive at this moment. A mark never moves back: within a boot by the
  /// time since it began; any mark of a later boot is later.
  CompletableFuture<Void> markAlive(Stamp at);

  /// The last mark that is durable, with its wall time as far as it is known.
  Optional<Stamp> lastAlive();

  /// Each machine's last durable occurrence, whether it still waits or not.
  Map<MachineId, Occurrence> lastStates();

  OutboxCounts counts();

  /// What had not been acknowledged at one moment during this call, among the events that were
  /// durable when it began.
  ///
  /// @param most how many of them are looked through
  Unstored unstored(int most);

  OutboxState state();

  /// Keeps a small document, in the place of an earlier one of that name.
  CompletableFuture<Void> keep(String name, byte[] document);

  /// The document of that name that is durable.
  Optional<byte[]> kept(String name);

  /// Finishes what was called before, as far as the disk and the limits allow it at once, then
  /// releases everything.
  @Override
  void close();
}
