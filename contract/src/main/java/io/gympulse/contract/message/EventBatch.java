package io.gympulse.contract.message;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Events of one outbox, sent to the cloud. How events are grouped into batches carries no meaning:
/// a retry may group them differently.
///
/// @param coveredTo the gateway's data about all its machines is complete up to this time, once
///     every sequence number up to the last of this batch is stored
/// @param events at least one, in strictly ascending sequence; no two stand for the same sequence
///     number; gaps are allowed
/// @param sender the process that sends it; empty from gateways of earlier versions
public record EventBatch(
    GatewayAddress from,
    OutboxId outbox,
    BatchKind kind,
    Instant sentAt,
    Optional<Instant> coveredTo,
    List<MachineEvent> events,
    Optional<SenderId> sender)
    implements GatewayMessage {
  public EventBatch {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a batch holds at least one event");
    }
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).standsFor().first().compareTo(events.get(i - 1).seq()) <= 0) {
        throw new IllegalArgumentException("events are not in ascending sequence");
      }
    }
  }

  /// Without a sender.
  public EventBatch(
      GatewayAddress from,
      OutboxId outbox,
      BatchKind kind,
      Instant sentAt,
      Optional<Instant> coveredTo,
      List<MachineEvent> events) {
    this(from, outbox, kind, sentAt, coveredTo, events, Optional.empty());
  }

  /// From the first sequence number that an event stands for to the last.
  public SeqRange range() {
    return new SeqRange(events.getFirst().standsFor().first(), events.getLast().seq());
  }
}
