package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.core.notification.Channel;
import java.net.URI;

/// Parses a notification channel of a request: `{"type": "websocket"}`, `{"type": "email",
/// "address"}` or `{"type": "webhook", "uri", "secret"}`.
final class ChannelRequest {
  private ChannelRequest() {}

  /// @param name of the field, for the error
  /// @throws ApiException 400 naming the field
  static Channel parse(String name, JsonNode node) {
    String type = AlertRequest.text(node, "type", name + ".type");
    return switch (type) {
      case "websocket" -> new Channel.WebSocket();
      case "email" ->
          RequestField.parse(
              name + ".address",
              AlertRequest.text(node, "address", name + ".address"),
              Channel.Email::new);
      case "webhook" -> webhook(name, node);
      default ->
          throw ApiException.invalidField(
              name + ".type", "Unknown channel type; use websocket, email or webhook.");
    };
  }

  private static Channel webhook(String name, JsonNode node) {
    String secret = AlertRequest.text(node, "secret", name + ".secret");
    return RequestField.parse(
        name, AlertRequest.text(node, "uri", name + ".uri"), it -> webhook(it, secret));
  }

  private static Channel webhook(String uri, String secret) {
    return new Channel.Webhook(URI.create(uri), secret);
  }
}
