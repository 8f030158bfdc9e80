package io.gympulse.cloud.notify.channel;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.Notification;

/// Delivers to the WebSocket connections that a member has open. Retried while there is none.
public final class WebSocketChannel implements DeliveryChannel<Channel.WebSocket> {
  private final FrameSender sender;

  /// Sends frames to members' connections. Foreseen failures are returned, not thrown. Safe for any
  /// number of threads.
  public interface FrameSender {
    /// Sends a frame to every connection that the member has open.
    SendResult send(UserId user, String frame);
  }

  /// The result of sending a frame.
  public sealed interface SendResult {
    /// @param connections how many took it; 0 if none is open
    record Sent(int connections) implements SendResult {}

    /// @param reason for logs
    record Failed(String reason) implements SendResult {}
  }

  public WebSocketChannel(FrameSender sender) {
    this.sender = sender;
  }

  @Override
  public DeliveryOutcome deliver(Notification notification, Channel.WebSocket to) {
    return switch (notification.to()) {
      case Notification.Recipient.Operators _ -> new DeliveryOutcome.Gone("operators have no page");
      case Notification.Recipient.Member(var user) ->
          switch (sender.send(user, notification.json())) {
            case SendResult.Sent(int connections) when connections > 0 ->
                new DeliveryOutcome.Delivered();
            case SendResult.Sent _ -> new DeliveryOutcome.Retry("no page is open");
            case SendResult.Failed(String reason) -> new DeliveryOutcome.Retry(reason);
          };
    };
  }
}
