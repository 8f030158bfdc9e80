package io.gympulse.cloud.ingest;

import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.MachineOnTopic;
import java.util.Optional;

/// What the queue delivered, decoded.
sealed interface Inbound {

  /// @param speaker whose topic it came on; the broker lets nobody else publish there
  record FromGateway(GatewayAddress speaker, GatewayMessage message, Origin origin)
      implements Inbound {}

  /// @param speaker whose topic it came on
  record FromMachine(MachineOnTopic speaker, StatusReport report, Origin origin)
      implements Inbound {}

  /// Cannot be decoded.
  ///
  /// @param unread the batch it was, if that much could be read
  record Undecodable(Reject reject, Optional<UnreadBatch> unread) implements Inbound {}

  /// Another rule delivers the same message in a better form.
  record Elsewhere() implements Inbound {}

  /// @param speaker whose topic it came on
  record UnreadBatch(GatewayAddress speaker, Addressing about) {}
}
