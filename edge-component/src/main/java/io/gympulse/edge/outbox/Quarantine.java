package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Events that the cloud has rejected for good, kept with the reason until an operator releases
/// them or, if only their number was in use, until they get another one.
///
/// Safe for any number of threads.
public interface Quarantine {

  /// Moves an event from the queue to the quarantine. Harmless if it is not waiting any more.
  ///
  /// A reason that begins with the rejection code `outbox-conflict` says that another event has its
  /// number in the cloud's store: the outbox [#hasConflict] from then on.
  CompletableFuture<Void> quarantine(Sequence seq, String reason);

  /// The quarantined events, ascending.
  List<QuarantinedEvent> quarantined();

  /// Moves the quarantined events of these ranges back to the queue, under their old numbers. Their
  /// numbers lie before those already sent on this connection, so they are sent on the next one.
  /// Completes with how many were moved.
  CompletableFuture<Long> release(List<SeqRange> ranges);

  /// Whether events are quarantined because their numbers are in use in the cloud's store: another
  /// gateway runs, or ran, from a copy of this outbox.
  boolean hasConflict();

  /// Starts a new outbox if this one [#hasConflict] and no event that may have been sent is waiting
  /// any more. Every waiting or quarantined event gets a new number, from 1 without gaps in the old
  /// order, under a new [EventQueue#id]; events with a conflict move back to the queue. All of it
  /// is one transaction. An event that may have been sent and has no answer keeps its identity, as
  /// it may be stored. Numbers up to the last event that stays quarantined are reserved in the new
  /// outbox.
  ///
  /// Completes with whether it was done. If the disk rejects the transaction, the old outbox stays
  /// as it was, and this may be called again. Meanwhile nothing else may name events by number.
  CompletableFuture<Boolean> renumber();

  /// @param reason the cloud's rejection code and detail
  record QuarantinedEvent(MachineEvent event, String reason) {
    /// How the reasons of events begin whose numbers are in use.
    static final String CONFLICT = RejectionCode.OUTBOX_CONFLICT.wireName();

    static boolean isConflict(String reason) {
      return reason.startsWith(CONFLICT);
    }
  }
}
