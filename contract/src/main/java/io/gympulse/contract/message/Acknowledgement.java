package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.util.List;
import java.util.Optional;

/// The cloud's answer: what its store holds now, and what it will not take. Only what is named
/// stored may be deleted by the gateway.
///
/// @param sender of the batches that it answers; any other process has to ignore it. Empty if they
///     did not name it
public record Acknowledgement(
    GatewayAddress to,
    OutboxId outbox,
    List<SeqRange> stored,
    List<RejectedRange> rejected,
    Optional<SenderId> sender) {
  public Acknowledgement {
    stored = List.copyOf(stored);
    rejected = List.copyOf(rejected);
  }

  /// To a sender that did not name itself.
  public Acknowledgement(
      GatewayAddress to, OutboxId outbox, List<SeqRange> stored, List<RejectedRange> rejected) {
    this(to, outbox, stored, rejected, Optional.empty());
  }
}
