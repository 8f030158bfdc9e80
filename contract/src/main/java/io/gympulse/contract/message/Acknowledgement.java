package io.gympulse.contract.message;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import java.util.List;

/// The cloud's answer: what its store holds now, and what it will not take. Only what is named
/// stored may be deleted by the gateway.
public record Acknowledgement(
    GatewayAddress to, OutboxId outbox, List<SeqRange> stored, List<RejectedRange> rejected) {
  public Acknowledgement {
    stored = List.copyOf(stored);
    rejected = List.copyOf(rejected);
  }
}
