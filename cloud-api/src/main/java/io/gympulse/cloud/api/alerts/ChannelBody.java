package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.core.alert.Channel;
import java.net.URI;

/// A channel as a caller writes it: `{"type": "websocket"}`, `{"type": "email", "address"}` or
/// `{"type": "webhook", "uri", "secret"}`.
final class ChannelBody {
  private ChannelBody() {}

  /// @param name of the field, as the caller is told
  static Channel parse(String name, JsonNode node) {
    String type = AlertBody.text(node, "type", name + ".type");
    return switch (type) {
      case "websocket" -> new Channel.WebSocket();
      case "email" ->
          Field.parse(
              name + ".address",
              AlertBody.text(node, "address", name + ".address"),
              Channel.Email::new);
      case "webhook" -> webhook(name, node);
      default ->
          throw Refusal.invalid(
              name + ".type", "There is no such channel; use websocket, email or webhook.");
    };
  }

  private static Channel webhook(String name, JsonNode node) {
    String secret = AlertBody.text(node, "secret", name + ".secret");
    return Field.parse(name, AlertBody.text(node, "uri", name + ".uri"), it -> webhook(it, secret));
  }

  private static Channel webhook(String uri, String secret) {
    return new Channel.Webhook(URI.create(uri), secret);
  }
}
