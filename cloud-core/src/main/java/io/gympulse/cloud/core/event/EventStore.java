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

/// Stores every event once. Storing is idempotent by construction: the same events in any order,
/// grouping or repetition leave the same content, and the first content of an identity is kept.
///
/// An outbox belongs to the gateway that first stored an event of it.
public interface EventStore {
  /// An event with the outbox that scopes its sequence number.
  record StoredEvent(OutboxId outbox, MachineEvent event) {}

  /// Stores events. Durable when it returns, except for the returned events: those are not stored,
  /// since their number belongs to another event already, or the outbox to another gateway. An
  /// event that is stored already, with the same content, is never returned.
  ///
  /// The store in DynamoDB detects another event of the same number only if it is of the same
  /// machine and hour; of another machine or hour, both are kept.
  List<MachineEvent> store(GatewayAddress from, OutboxId outbox, List<MachineEvent> events);

  /// Stores a report, which is identified by machine, time and status. Durable when it returns.
  void store(StatusReport report);

  /// A machine's changes within `[from, to)`, of gateways and of its own reports, in
  /// [HistoryEntry#ORDER]; none that happened more than [Retention#EVENTS] ago.
  List<HistoryEntry> history(MachineId machine, Instant from, Instant to);

  /// A machine's last change before a moment; empty if there was none within the last
  /// [Retention#EVENTS].
  Optional<HistoryEntry> lastBefore(MachineId machine, Instant before);

  /// The time by which events expire: `now`, or an earlier one if the store has evidence that the
  /// caller's clock is ahead.
  default Instant expiryTime(Instant now) {
    return now;
  }

  /// Reads every gateway event, ordered by outbox and sequence. For audits, not for traffic.
  void forEach(Consumer<StoredEvent> reader);

  /// The sequence numbers of an outbox that stored events stand for, in the fewest ranges,
  /// ascending.
  List<SeqRange> stored(OutboxId outbox);

  /// The number of stored gateway events; a summary counts once.
  long count();
}
