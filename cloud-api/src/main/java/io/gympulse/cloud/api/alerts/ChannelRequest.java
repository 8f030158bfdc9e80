package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.core.notification.Channel;
import java.net.URI;
import java.net.URISyntaxException;

/// Parses a notification channel of a request: `{"type": "websocket"}`, `{"type": "email",
/// "address"}` or `{"type": "webhook", "uri", "secret"}`.
final class ChannelRequest {
  private ChannelRequest() {}

  /// @param pointer of the node within the body, for the error
  /// @throws ApiException 400 naming the field
  static Channel parse(String pointer, JsonNode node) {
    String type = AlertRequest.text(node, pointer, "type");
    return switch (type) {
      case "websocket" -> new Channel.WebSocket();
      case "email" ->
          RequestField.parse(
              RequestLocation.body(pointer + "/address"),
              AlertRequest.text(node, pointer, "address"),
              Channel.Email::new);
      case "webhook" -> webhook(pointer, node);
      default ->
          throw ApiException.invalidField(
              RequestLocation.body(pointer + "/type"),
              "Unknown channel type; use websocket, email or webhook.");
    };
  }

  private static Channel webhook(String pointer, JsonNode node) {
    String secret = AlertRequest.text(node, pointer, "secret");
    URI uri =
        RequestField.parse(
            RequestLocation.body(pointer + "/uri"),
            AlertRequest.text(node, pointer, "uri"),
            ChannelRequest::uri);
    return RequestField.parse(
        RequestLocation.body(pointer), secret, it -> new Channel.Webhook(uri, it));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("uri is not a URI", e);
    }
  }
}
