package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.RejectedRange;
import java.util.List;

/// Something to be said once the writes are durable, and not before.
sealed interface Reply {

  /// To the gateway on whose topic a batch came, whatever the batch says: nobody can make the cloud
  /// answer somebody else.
  record Answer(
      GatewayAddress to, OutboxId outbox, List<SeqRange> stored, List<RejectedRange> rejected)
      implements Reply {}

  /// To the error topic.
  record Refusal(Reject reject) implements Reply {}
}
