package io.gympulse.cloud.core.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Encodes channels and deliveries as JSON for stores. Contains secrets: not for responses or logs.
public final class DeliveryCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeliveryCodec() {}

  public static ObjectNode encode(Channel channel) {
    ObjectNode node = JSON.createObjectNode();
    return switch (channel) {
      case Channel.WebSocket _ -> node.put("type", "websocket");
      case Channel.Email email -> node.put("type", "email").put("address", email.address());
      case Channel.Webhook hook ->
          node.put("type", "webhook")
              .put("uri", hook.uri().toString())
              .put("secret", hook.secret());
    };
  }

  /// @throws IllegalArgumentException if it is not a channel
  public static Channel channel(JsonNode node) {
    String type = node.required("type").asText();
    return switch (type) {
      case "websocket" -> new Channel.WebSocket();
      case "email" -> new Channel.Email(node.required("address").asText());
      case "webhook" ->
          new Channel.Webhook(
              URI.create(node.required("uri").asText()), node.required("secret").asText());
      default -> throw new IllegalArgumentException("there is no channel '%s'".formatted(type));
    };
  }

  public static void write(ObjectNode parent, Deliveries deliveries) {
    for (PendingDelivery it : deliveries.pending()) {
      parent
          .withArray("pending")
          .addObject()
          .put("id", it.id())
          .put("since", it.since().toEpochMilli())
          .put("attempts", it.attempts())
          .put("nextTryAt", it.nextTryAt().toEpochMilli())
          .set("channel", encode(it.channel()));
    }
  }

  /// @throws IllegalArgumentException if they are not deliveries
  public static Deliveries deliveries(JsonNode parent) {
    List<PendingDelivery> pending = new ArrayList<>();
    for (JsonNode it : parent.path("pending")) {
      pending.add(
          new PendingDelivery(
              it.required("id").asText(),
              Instant.ofEpochMilli(it.required("since").longValue()),
              channel(it.required("channel")),
              it.required("attempts").intValue(),
              Instant.ofEpochMilli(it.required("nextTryAt").longValue())));
    }
    return new Deliveries(pending);
  }
}
