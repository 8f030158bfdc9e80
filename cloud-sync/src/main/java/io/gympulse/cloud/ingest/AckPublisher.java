package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Publishes acknowledgements of batches: [ImmediateAcks] at once, [CoalescingAcks] after a delay
/// if the gateway does not wait for them.
interface AckPublisher {

  /// @param acks all for this target; the writes that they acknowledge are durable
  /// @throws RuntimeException if they can neither be published nor kept for later; their messages
  ///     then have to be delivered again
  void publish(Target target, Collection<BatchAck> acks);

  /// Whose acknowledgement it is, and of which of its outboxes.
  ///
  /// @param sender the process that sent the events, if it named itself; no other process accepts
  ///     the acknowledgement
  record Target(GatewayAddress gateway, OutboxId outbox, Optional<SenderId> sender) {

    Target(GatewayAddress gateway, OutboxId outbox) {
      this(gateway, outbox, Optional.empty());
    }
  }

  /// The result of one batch. It goes to the gateway on whose topic the batch came, whatever
  /// address the batch contains, so that no client can make the cloud acknowledge to another one.
  ///
  /// @param kind of the batch; a gateway that sends backlog waits for the acknowledgement
  record BatchAck(
      Target target, BatchKind kind, List<SeqRange> stored, List<RejectedRange> rejected) {

    /// One for which its gateway waits.
    BatchAck(Target target, List<SeqRange> stored, List<RejectedRange> rejected) {
      this(target, BatchKind.BACKLOG, stored, rejected);
    }

    /// Whether it may be published later, together with others.
    boolean mayBeDelayed() {
      return kind == BatchKind.LIVE && rejected.isEmpty();
    }
  }
}
