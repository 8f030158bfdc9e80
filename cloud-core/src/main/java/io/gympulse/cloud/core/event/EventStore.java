package io.gympulse.cloud.core.event;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Every event once. Storing is idempotent by construction: the same event in any order, grouping
/// or repetition leaves the same content, and the first content of a name is kept.
///
/// An outbox belongs to the gateway that first stored an event of it.
public interface EventStore {

  /// Durable when it returns, but for the events that it returns: those are not stored, as their
  /// number names another event already, or as the outbox belongs to another gateway. An event
  /// that is stored already, with the same content, is never among them.
  ///
  /// The store in DynamoDB sees another event of the same number only if that is of the same
  /// machine and hour; of another machine or hour, both are kept.
  List<MachineEvent> store(GatewayAddress from, OutboxId outbox, List<MachineEvent> events);

  /// A report's machine, time and status are its identity. Durable when it returns.
  void store(StatusReport report);

  /// A machine's changes within `[from, to)`, of gateways and of its own reports, in
  /// [HistoryEntry#ORDER]; none that happened more than [Retention#EVENTS] ago.
  List<HistoryEntry> history(MachineId machine, Instant from, Instant to);

  /// A machine's last change before a moment; empty if there was none within the last
  /// [Retention#EVENTS].
  Optional<HistoryEntry> lastBefore(MachineId machine, Instant before);

  /// The time by which events expire: `now`, or an earlier one where the store has reason to think
  /// that the caller's clock is ahead.
  default Instant expiryTime(Instant now) {
    return now;
  }

  /// Meets every gateway event, ordered by outbox and sequence. Meant for audits, not for traffic.
  void forEach(Consumer<StoredEvent> reader);

  /// The numbers of an outbox that stored events stand for, in the fewest ranges, ascending.
  List<SeqRange> stored(OutboxId outbox);

  /// How many gateway events are stored; one that stands for others counts once.
  long count();
}
