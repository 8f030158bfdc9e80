package io.gympulse.cloud.core.broadcast;

/// A text frame that a client sent over the stream: `{"action":"ping"}`, or a [SubscribeFrame].
/// Where API Gateway holds the connections, it selects the route by `action` instead.
public sealed interface ClientFrame {
  /// To be answered by [StreamMessage.Pong].
  record Ping() implements ClientFrame {}

  /// To be answered by [StreamMessage.Hello].
  record Subscribe(Audience audience) implements ClientFrame {}

  /// To be answered by [ErrorBody].
  ///
  /// @param field to be corrected
  record Refused(String code, String field, String message) implements ClientFrame {}

  /// Never throws.
  static ClientFrame read(String frame) {
    return switch (SubscribeFrame.action(frame)) {
      case "ping" -> new Ping();
      case "subscribe" ->
          switch (SubscribeFrame.read(frame)) {
            case SubscriptionRequest.Accepted(var audience, _) -> new Subscribe(audience);
            case SubscriptionRequest.Refused(var field, var message) ->
                new Refused("invalid_field", field, message);
          };
      default -> new Refused("unknown_action", "action", "action is to be ping or subscribe");
    };
  }
}
