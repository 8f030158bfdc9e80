package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;

/// Delivers notifications to one kind of address. Makes one attempt per call, within a time limit
/// of the channel's own (seconds). Foreseen failures are returned, not thrown. Safe for any number
/// of threads.
///
/// @param <C> the kind of address
public interface DeliveryChannel<C extends Channel> {
  /// Makes one attempt. The same notification may come again under the same id: after a
  /// [DeliveryOutcome.Retry], or if a process died between an attempt and the record of its
  /// outcome.
  DeliveryOutcome deliver(Notification notification, C to);

  /// Stands in for a channel that this installation does not have.
  ///
  /// @param name for logs
  static <C extends Channel> DeliveryChannel<C> notConfigured(String name) {
    return (_, _) -> new DeliveryOutcome.Gone(name + " is not set up here");
  }

  /// A channel for each kind of address.
  record Channels(
      DeliveryChannel<Channel.WebSocket> webSockets,
      DeliveryChannel<Channel.Email> mail,
      DeliveryChannel<Channel.Webhook> webhooks) {

    DeliveryOutcome deliver(Notification notification, Channel to) {
      return switch (to) {
        case Channel.WebSocket socket -> webSockets.deliver(notification, socket);
        case Channel.Email address -> mail.deliver(notification, address);
        case Channel.Webhook hook -> webhooks.deliver(notification, hook);
      };
    }
  }
}
