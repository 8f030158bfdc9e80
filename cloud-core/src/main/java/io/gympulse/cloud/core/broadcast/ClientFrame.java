package io.gympulse.cloud.core.broadcast;

/// A text frame that a client sent over the stream: `{"action":"ping"}`, or
/// `{"action":"subscribe"}` with the fields of a [SubscriptionRequest]. Where API Gateway holds the
/// connections, it selects the route by `action` instead.
public sealed interface ClientFrame {
  /// Answered by [StreamMessage.Pong].
  record Ping() implements ClientFrame {}

  /// Answered by [StreamMessage.Hello].
  record Subscribe(SubscriptionFilter filter) implements ClientFrame {}

  /// Answered by [io.gympulse.cloud.core.error.ErrorBody].
  ///
  /// @param field the invalid field
  record Refused(String code, String field, String message) implements ClientFrame {}

  /// Never throws.
  static ClientFrame read(String frame) {
    return switch (SubscriptionRequest.Reader.action(frame)) {
      case "ping" -> new Ping();
      case "subscribe" ->
          switch (SubscriptionRequest.read(frame)) {
            case SubscriptionRequest.Accepted(var filter, _) -> new Subscribe(filter);
            case SubscriptionRequest.Refused(var field, var message) ->
                new Refused("invalid_field", field, message);
          };
      default -> new Refused("unknown_action", "action", "action is to be ping or subscribe");
    };
  }
}
