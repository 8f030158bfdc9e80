package io.gympulse.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.topic.Topics;
import java.util.Optional;

/// The sender of a message, and how much of the sender's quota it uses. The broker lets a device
/// publish on its own topics only, so no sender can use the quota of another.
///
/// @param sender key of the sender's queue
/// @param gateway the sender, if it is a gateway
/// @param backlog whether the sender's live messages are delivered before it
/// @param batch outbox and sequence range, if it is a batch whose header can be read
public record MessageOrigin(
    String sender, Optional<GatewayAddress> gateway, boolean backlog, Optional<BatchHeader> batch) {

  /// Of messages without a sender, such as redriven dead letters. They have no quota and are never
  /// dropped.
  static final MessageOrigin NONE = new MessageOrigin("", Optional.empty(), true, Optional.empty());

  /// @param body a rule's output: the message's fields and its topic
  public static MessageOrigin of(JsonNode body) {
    String topic = body.path("topic").asText();
    Optional<GatewayAddress> gateway = Topics.gatewayOf(topic);
    if (gateway.isPresent()) {
      boolean isBatch = topic.endsWith("/batches");
      return new MessageOrigin(
          "gateway " + gateway.get().gateway(),
          gateway,
          isBatch && body.path("kind").asText().equals(BatchKind.BACKLOG.wireName()),
          isBatch ? BatchCodec.header(body) : Optional.empty());
    }
    String sender =
        Topics.machineOf(topic)
            .map(it -> "machines of " + it.gym())
            .or(() -> Topics.healthOf(topic).map(it -> "gateway " + it))
            .orElse("unknown topics");
    return new MessageOrigin(sender, Optional.empty(), false, Optional.empty());
  }

  /// The most events that the message can hold, by its header; the batch is not decoded.
  int maxEvents() {
    return batch.map(it -> (int) Math.min(BatchCodec.MAX_EVENTS, it.range().size())).orElse(1);
  }
}
