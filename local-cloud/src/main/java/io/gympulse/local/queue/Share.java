package io.gympulse.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.topic.Topics;
import java.util.Optional;

/// Whose share of a queue a message takes, and how much of it. The broker lets a sender publish on
/// its own topics only, so nobody can use another one's share.
///
/// @param sender whose turn it is when the message is handed out
/// @param gateway the same, if it is a gateway
/// @param backlog whether it may wait behind the sender's other messages
/// @param batch what it is about, if it is a batch whose header can be read
public record Share(
    String sender, Optional<GatewayAddress> gateway, boolean backlog, Optional<Addressing> batch) {

  /// Of messages that no sender waits for, such as dead letters on their way back.
  static final Share NOBODYS = new Share("", Optional.empty(), true, Optional.empty());

  /// @param body a rule's output: the message's fields with its topic beside them
  public static Share of(JsonNode body) {
    String topic = body.path("topic").asText();
    Optional<GatewayAddress> gateway = Topics.gatewayOf(topic);
    if (gateway.isPresent()) {
      boolean isBatch = topic.endsWith("/batches");
      return new Share(
          "gateway " + gateway.get().gateway(),
          gateway,
          isBatch && body.path("kind").asText().equals(BatchKind.BACKLOG.wireName()),
          isBatch ? BatchCodec.addressing(body) : Optional.empty());
    }
    String sender =
        Topics.machineOf(topic).map(it -> "machines of " + it.gym()).orElse("unknown topics");
    return new Share(sender, Optional.empty(), false, Optional.empty());
  }

  /// The most events that the message can hold, by its header alone: nothing is expanded for it.
  int rows() {
    return batch.map(it -> (int) Math.min(BatchCodec.MAX_EVENTS, it.range().size())).orElse(1);
  }
}
