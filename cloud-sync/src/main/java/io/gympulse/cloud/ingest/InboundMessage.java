package io.gympulse.cloud.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics.MachineAddress;
import java.time.Instant;
import java.util.Optional;

/// A message from the queue, decoded.
sealed interface InboundMessage {

  /// Topic, time and text of a message.
  ///
  /// @param receivedAt when the broker's rule took the message
  /// @param text the message as the rule passed it on; quoted in error reports
  record Origin(String topic, Instant receivedAt, String text) {
    ErrorReport report(Rejection rejection) {
      return report(rejection, text.getBytes(UTF_8));
    }

    /// @param payload the message as its sender published it
    ErrorReport report(Rejection rejection, byte[] payload) {
      return ErrorReport.of(rejection, topic, Optional.of(receivedAt), payload);
    }
  }

  /// @param sender the gateway that owns the topic; the broker lets no other client publish there
  record FromGateway(GatewayAddress sender, GatewayMessage message, Origin origin)
      implements InboundMessage {}

  /// @param sender the machine that owns the topic
  record FromMachine(MachineAddress sender, StatusReport report, Origin origin)
      implements InboundMessage {}

  /// A message that cannot be decoded, or that is over quota.
  ///
  /// @param batch the batch's header, if it could be read
  record Undecodable(ErrorReport report, Optional<SentBatch> batch) implements InboundMessage {}

  /// A duplicate: another rule delivers the same message with its fields.
  record Duplicate() implements InboundMessage {}

  /// @param sender the gateway that owns the topic
  record SentBatch(GatewayAddress sender, BatchHeader header) {}
}
