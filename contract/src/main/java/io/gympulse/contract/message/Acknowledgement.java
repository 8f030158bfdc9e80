package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.util.List;
import java.util.Optional;

/// The cloud's response to batches: which events its store holds now, and which it rejects. The
/// gateway may delete only the events in `stored`.
///
/// @param sender of the acknowledged batches; any other process has to ignore the acknowledgement.
///     Empty if the batches did not name a sender
public record Acknowledgement(
    GatewayAddress to,
    OutboxId outbox,
    List<SeqRange> stored,
    List<RejectedRange> rejected,
    Optional<SenderId> sender) {
  /// Events that the cloud rejected. If the rejection is retryable, the gateway sends them again
  /// later, unchanged. If not, it bisects a range of several events and quarantines a single event.
  public record RejectedRange(
      SeqRange range, RejectionCode code, String detail, boolean retryable) {}

  public Acknowledgement {
    stored = List.copyOf(stored);
    rejected = List.copyOf(rejected);
  }

  /// Without a sender.
  public Acknowledgement(
      GatewayAddress to, OutboxId outbox, List<SeqRange> stored, List<RejectedRange> rejected) {
    this(to, outbox, stored, rejected, Optional.empty());
  }
}
