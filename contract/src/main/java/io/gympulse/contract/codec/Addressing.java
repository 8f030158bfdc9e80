package io.gympulse.contract.codec;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.util.Optional;

/// Which events of which outbox a batch was about, read from its header alone, so that a batch that
/// cannot be decoded can still be answered.
public record Addressing(
    GatewayAddress from, OutboxId outbox, SeqRange range, Optional<SenderId> sender) {}
