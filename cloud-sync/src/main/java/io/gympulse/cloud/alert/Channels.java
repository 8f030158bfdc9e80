package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;

/// Who carries to which kind of place.
public record Channels(
    DeliveryChannel<Channel.WebSocket> pages,
    DeliveryChannel<Channel.Email> mail,
    DeliveryChannel<Channel.Webhook> webhooks) {

  Outcome deliver(Notification notification, Channel to) {
    return switch (to) {
      case Channel.WebSocket page -> pages.deliver(notification, page);
      case Channel.Email address -> mail.deliver(notification, address);
      case Channel.Webhook hook -> webhooks.deliver(notification, hook);
    };
  }

  /// Stands in for a channel that this installation does not have.
  ///
  /// @param what names it, for logs
  public static <C extends Channel> DeliveryChannel<C> notSetUp(String what) {
    return (_, _) -> new Outcome.Gone(what + " is not set up here");
  }
}
