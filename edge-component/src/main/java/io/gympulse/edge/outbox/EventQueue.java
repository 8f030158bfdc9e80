package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Events in the order in which they were appended, until the cloud has acknowledged them.
///
/// Sequence numbers start at 1 and have no gaps. No number is assigned twice, whatever was removed
/// since.
///
/// An event is waiting with its final wall time or without. Without, it is neither returned by
/// [#peek] nor sent; it gets one when the start of its boot, or of a later one, becomes known by
/// [#setBootTime]. A wall time never changes.
///
/// The queue is bounded by [OutboxSettings.Limits]. When it is nearly full, the oldest events that
/// cannot have been sent are coalesced: all events of one machine and quarter of an hour become the
/// last of them, with a summary of the time in each status, which stands for the others' numbers.
/// If nothing is left to coalesce, the outbox is [Outbox.State.Full] and appends wait in memory.
///
/// Safe for any number of threads.
public interface EventQueue {

  /// With a sequence number, the identity of an event. Changed only by [Quarantine#renumber].
  OutboxId id();

  /// Completes with the event's sequence number once it is durable. While the disk rejects writes
  /// or the outbox is full, the future stays open and the write is retried. It fails if the outbox
  /// ends first.
  CompletableFuture<Sequence> append(Occurrence occurrence);

  /// Durable waiting events, ascending, from the first one after the sequence number `after` (0 for
  /// the very first), at most `limit`; ends before the first event without wall time.
  ///
  /// Only reserved events may be sent: others may be coalesced at any time.
  List<MachineEvent> peek(long after, int limit);

  /// The last sequence number up to which every event has its wall time; 0 if there is none.
  long lastReady();

  /// Completes once it is durable that events up to this one may have been sent. They will never be
  /// coalesced. Numbers are reserved in large steps, so most calls have nothing to do. Fails if the
  /// outbox has a conflict ([Quarantine#hasConflict]) and not all of them are reserved yet.
  CompletableFuture<Void> reserve(Sequence last);

  /// The last number that may have been sent; may be greater than any number assigned.
  long lastReserved();

  /// Removes the waiting events of these ranges. Repeats, and ranges without events, are harmless.
  ///
  /// Completes once the acknowledgement is in memory, before it is durable: events are deleted from
  /// the disk in large steps. After a kill they may be waiting again, and are sent again.
  CompletableFuture<Void> acknowledge(List<SeqRange> ranges);

  /// Sets when a boot began by the wall clock. In one step, every event of this boot without wall
  /// time gets one, and events of earlier boots that never were synchronised get theirs as late as
  /// possible between their neighbours (see [Boots#estimated]). Completes with how many events got
  /// a wall time.
  CompletableFuture<Long> setBootTime(BootId boot, Instant bootedAt);

  Counts counts();

  /// From when on events were not acknowledged at one moment during this call, among the events
  /// that were durable when it began. Quarantined events count as not acknowledged.
  ///
  /// @param limit how many of them are read at most
  Unacknowledged unacknowledged(int limit);

  /// From when on the cloud's store may lack events.
  sealed interface Unacknowledged {

    record None() implements Unacknowledged {}

    /// @param oldest the earliest time of any of the events or of those they stand for
    record Since(Instant oldest) implements Unacknowledged {}

    /// There are too many events to read them all, or some have no wall time yet.
    record Unknown() implements Unacknowledged {}

    /// With one more event, of this time.
    default Unacknowledged and(Instant at) {
      return switch (this) {
        case None _ -> new Since(at);
        case Since(Instant oldest) -> at.isBefore(oldest) ? new Since(at) : this;
        case Unknown _ -> this;
      };
    }
  }

  /// Totals since the outbox was created:
  /// `recorded = waiting + acknowledged + quarantined + coalesced`.
  ///
  /// @param recorded events appended; as numbers have no gaps, also the last number assigned
  /// @param waiting events neither acknowledged, quarantined nor coalesced
  /// @param coalesced events that the summaries of others stand for
  record Counts(long recorded, long waiting, long quarantined, long coalesced) {
    static final Counts ZERO = new Counts(0, 0, 0, 0);

    public Counts {
      if (waiting < 0
          || quarantined < 0
          || coalesced < 0
          || waiting + quarantined + coalesced > recorded) {
        throw new IllegalArgumentException(
            "waiting %d + quarantined %d + coalesced %d of %d"
                .formatted(waiting, quarantined, coalesced, recorded));
      }
    }

    public long acknowledged() {
      return recorded - waiting - quarantined - coalesced;
    }

    Counts appended(long events) {
      return new Counts(recorded + events, waiting + events, quarantined, coalesced);
    }

    Counts acknowledged(long events) {
      return new Counts(recorded, waiting - events, quarantined, coalesced);
    }

    /// @param events negative if events are released
    Counts quarantined(long events) {
      return new Counts(recorded, waiting - events, quarantined + events, coalesced);
    }

    Counts coalesced(long events) {
      return new Counts(recorded, waiting - events, quarantined, coalesced + events);
    }
  }
}
